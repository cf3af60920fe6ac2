/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"
#include "args/completion/offer_bash.h"

void stg_add_bash_completion(stg_script *script)
{
    stg_buf_addf(script->out,
                 "# Completion of %s for bash: load it with `source`, or put it into\n"
                 "# ~/.local/share/bash-completion/completions/%s.\n",
                 script->program, script->program);
    stg_add_ksh_tables(script);
    stg_script_add(script, stg_offer_bash);
    stg_script_add(script, "complete -F ~ -- ");
    stg_add_ksh_word(script->out, script->program);
    stg_buf_add_char(script->out, '\n');
}
