/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: zsh's manual, "Completion System". */
#include "args/completion/completion.h"

static const char functions_and_call[] =
    "~_offer_words() {\n"
    "    local -a shown\n"
    "    local -i i\n"
    "    [[ -n $1 ]] && compset -P 1 '*='\n"
    "    if [[ $kind == files ]]; then\n"
    "        _files\n"
    "    elif [[ $number == command ]]; then\n"
    "        for ((i = 1; i <= ${#items}; i++)); do\n"
    "            shown+=(\"${items[i]//:/\\\\:}:${helps[i]}\")\n"
    "        done\n"
    "        _describe command shown\n"
    "    elif ((${#items} > 0)); then\n"
    "        compadd -- \"${items[@]}\"\n"
    "    fi\n"
    "}\n"
    "~_offer_flags() {\n"
    "    local -a shown\n"
    "    local -i i\n"
    "    ~_flags \"$state\"\n"
    "    for ((i = 1; i <= ${#flags}; i++)); do\n"
    "        shown+=(\"${flags[i]//:/\\\\:}:${helps[i]}\")\n"
    "    done\n"
    "    _describe -o option shown\n"
    "}\n"
    "~() {\n"
    "    local number= kind=any state= option= left=0 rest= dashes= whole=$PREFIX\n"
    "    local -a flags helps items\n"
    "    local -i i place=1 taken=0\n"
    "    # A quote that is open is not a part of it.\n"
    "    [[ -z $compstate[quote] ]] && whole=${(Q)whole}\n"
    "    for ((i = 2; i < CURRENT; i++)); do\n"
    "        ~_step \"${(Q)words[i]}\"\n"
    "    done\n"
    "    ~_complete\n"
    "}\n"
    "if [[ $funcstack[1] == ~ ]]; then\n"
    "    ~ \"$@\"\n"
    "elif (($+functions[compdef])); then\n"
    "    compdef ~ ";

void stg_add_zsh_completion(stg_script *script)
{
    script->with_help = true;
    stg_buf_addf(script->out,
                 "#compdef %s\n"
                 "# Completion of %s for zsh: load it with `source` after compinit, or put it as\n"
                 "# %s into a folder of $fpath.\n",
                 script->program, script->program, script->name);
    stg_add_ksh_tables(script);
    stg_script_add(script, functions_and_call);
    script->add_word(script->out, script->program);
    stg_buf_add_text(script->out, "\nfi\n");
}
