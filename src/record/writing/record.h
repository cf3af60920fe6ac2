/* SPDX-License-Identifier: BSD-3-Clause
 *
 * A record that is being written, for the files of this part. */
#ifndef STG_RECORD_WRITING_RECORD_H
#define STG_RECORD_WRITING_RECORD_H

#include "base/text/buf.h"
#include "record/framework.h"

struct stg_record {
    char *root;      /* the folder of all records, absolute */
    char *directory; /* that of this one */
    const char *id;  /* the last part of that */
    int events;      /* the descriptor of its events; -1: none */
    bool is_locked;
    unsigned output_count; /* files of output so far */
    stg_buf line;
    const staged_secrets *secrets; /* NULL: none */
    stg_error problem;
};

/* Nothing is written any more: `what` could not be done, because of an errno. */
void stg_record_give_up(stg_record *record, const char *what, int error);

#endif
