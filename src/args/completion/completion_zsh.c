/* SPDX-License-Identifier: BSD-3-Clause */
#include "args/completion/completion.h"
#include "args/completion/offer_zsh.h"

void stg_add_zsh_completion(stg_script *script)
{
    script->with_help = true;
    stg_buf_addf(script->out,
                 "#compdef %s\n"
                 "# Completion of %s for zsh: load it with `source` after compinit, or put it as\n"
                 "# %s into a folder of $fpath.\n",
                 script->program, script->program, script->name);
    stg_add_ksh_tables(script);
    stg_script_add(script, stg_offer_zsh);
    stg_script_add(script, "if [[ $funcstack[1] == ~ ]]; then\n"
                           "    ~ \"$@\"\n"
                           "elif (($+functions[compdef])); then\n"
                           "    compdef ~ ");
    stg_add_ksh_word(script->out, script->program);
    stg_buf_add_text(script->out, "\nfi\n");
}
