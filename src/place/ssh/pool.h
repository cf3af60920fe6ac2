/* SPDX-License-Identifier: BSD-3-Clause
 *
 * What a place of this kind is made of.  All of it is changed under the place's mutex, which no
 * function here holds while it waits. */
#ifndef STG_PLACE_SSH_POOL_H
#define STG_PLACE_SSH_POOL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <staged/place.h>
#include <staged/process.h>

#include "base/memory/arena.h"
#include "base/text/buf.h"
#include "place/remote/end.h"
#include "place/ssh/settings.h"

typedef struct stg_ssh_pool stg_ssh_pool;
typedef struct stg_ssh_connection stg_ssh_connection;

/* A machine of the pool. */
typedef struct stg_ssh_host {
    const char *name;
    size_t busy;        /* how many commands it has, or is to have */
    bool is_connecting; /* one connection at a time: sshd drops some of those that come at once */
    int64_t passed_over_ns;       /* until when; 0: it is not */
    char *trouble;                /* why; NULL: none */
    staged_place_failure failure; /* the same as a kind */
    uint64_t failures;            /* how many attempts to connect have failed */
} stg_ssh_host;

/* What the control session has said of a command that has not ended yet. */
typedef enum stg_ssh_progress {
    STG_SSH_UNKNOWN = 0,
    STG_SSH_NEW,  /* it has not begun */
    STG_SSH_RUNS, /* it runs */
    STG_SSH_GONE  /* it runs no more, and has told no end */
} stg_ssh_progress;

/* A command.
 *   grace_s  from SIGTERM to SIGKILL, if nobody says otherwise */
typedef struct stg_ssh_job {
    stg_ssh_pool *pool;
    stg_ssh_host *host;             /* NULL: it counts for none any more */
    stg_ssh_connection *connection; /* NULL: none yet */
    uint64_t number;
    size_t slot; /* of those that its connection has for programs */
    double grace_s;
    int64_t begin_until_ns;                                 /* a limit of the whole is up then */
    void (*tell_waiting)(void *teller, const char *reason); /* NULL: nobody wants to know */
    void *teller;                                           /* only while it begins */
    const char *waits_for;                                  /* has been told; NULL: nothing */
    const char *directory;                                  /* for messages */
    const char *program;
    const char **words;
    bool is_kept, is_refused; /* its program there */
    stg_ssh_progress progress;
    size_t asks;    /* questions for it that have not been answered */
    int64_t ask_ns; /* when to ask the next one; 0: it was not asked yet */
    bool is_orphan; /* it ran when its client had ended */
    stg_remote_end end;
    int64_t ended_ns; /* when we heard of its end */
    bool is_stopping;
    int64_t stop_until_ns; /* when that must have been done */
    size_t stops;          /* requests to stop it that have not been answered */
    bool is_held;          /* what it left behind still runs */
    bool is_gone;          /* we have said so */
    char *left;            /* what could not be ended there; NULL: nothing */
    stg_buf message;
    stg_arena arena;
    struct stg_ssh_job *next; /* of the same connection */
} stg_ssh_job;

/* What became of all that ran over a connection that was lost. */
typedef enum stg_ssh_sweep {
    STG_SSH_NOT_SWEPT = 0,
    STG_SSH_SWEEPING,
    STG_SSH_SWEPT,  /* `left` says what is left */
    STG_SSH_UNSWEPT /* it cannot be reached */
} stg_ssh_sweep;

struct stg_ssh_connection {
    stg_ssh_pool *pool;
    stg_ssh_host *host;
    staged_process *master;
    int channel;      /* to the control session; -1: closed */
    bool is_heard;    /* a thread waits for what it says */
    int64_t heard_ns; /* when it has last said something */
    bool is_ready;
    bool is_dead;
    bool lacks_memory; /* which is why it is dead */
    char *problem;     /* what the control session says if it is of no use */
    const char *socket, *token;
    const char *log, *clients; /* files for what ssh says, and what it does for clients */
    size_t clients_read;       /* how much of that is known */
    size_t log_read;           /* how much of the first has been of no use */
    const char *folder, *node; /* there; NULL: not yet */
    bool has_plain_shell;      /* the login shell there can read programs */
    stg_buf heard, unsent;
    uint64_t count;         /* of commands so far */
    size_t sessions, limit; /* how many commands have one, and may have one */
    bool is_retired;        /* nobody knows what runs in its slots: no further commands */
    stg_ssh_job *jobs;
    stg_ssh_sweep sweep;
    char *left;
    stg_arena arena;
    stg_ssh_connection *next;
};

struct stg_ssh_pool {
    stg_ssh_settings settings;
    stg_arena arena;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    stg_ssh_host *hosts;
    stg_ssh_connection *connections;
    char *folder;     /* here, for sockets; NULL: not yet */
    int folder_lock;  /* while we live */
    char token[24];   /* tells the processes of one script from those of others */
    uint64_t count;   /* of connections so far */
    uint64_t logs;    /* of clients so far */
    const char *kept; /* the last text that was kept */
};

/* Gives a job a host and a session of a connection to it, which is opened if need be.
 *   failure  receives why there is none; its texts live as long as the pool
 * Returns STAGED_OK, STAGED_FAILED, STAGED_INTERRUPTED or STAGED_NO_MEMORY. */
staged_status stg_ssh_find_session(stg_ssh_pool *pool, stg_ssh_job *job, staged_place_end *failure);
/* Takes them back. */
void stg_ssh_leave_session(stg_ssh_job *job);
/* A text that lives as long as the pool; NULL: out of memory. */
const char *stg_ssh_keep_text(stg_ssh_pool *pool, const char *text);

#endif
