/* SPDX-License-Identifier: BSD-3-Clause
 *
 * Source: bash's manual, "Programmable Completion". */
#include "args/completion.h"

static const char functions_and_call[] =
    "~_offer() {\n"
    "    local item\n"
    "    for item in \"$@\"; do\n"
    "        [[ $item == \"$whole\"* ]] && COMPREPLY+=(\"$(printf %q \"${item#\"$lead\"}\")\")\n"
    "    done\n"
    "}\n"
    "~_offer_words() {\n"
    "    local item file=$cur\n"
    "    if [[ $kind == files ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        [[ -n $1 && $file == \"$1\"* ]] && file=${file#\"$1\"}\n"
    "        while IFS= read -r item; do\n"
    "            COMPREPLY+=(\"$item\")\n"
    "        done < <(compgen -f -- \"$file\")\n"
    "    else\n"
    "        for item in ${items[@]+\"${items[@]}\"}; do\n"
    "            ~_offer \"$1$item\"\n"
    "        done\n"
    "    fi\n"
    "}\n"
    "~_offer_flags() {\n"
    "    ~_flags \"$state\"\n"
    "    ~_offer \"${flags[@]}\"\n"
    "}\n"
    "~() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} number= kind=any state= option= left=0 rest= dashes=\n"
    "    local joined= word whole lead\n"
    "    local -i i place=1 taken=0\n"
    "    local -a flags items line\n"
    "    COMPREPLY=() line=() items=() flags=()\n"
    "    # bash takes words apart at '=' and ':'.\n"
    "    for ((i = 1; i <= COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if ((${#line[@]} > 0)) && [[ -n $joined || $word == [=:]* ]]; then\n"
    "            line[${#line[@]} - 1]+=$word\n"
    "        else\n"
    "            line+=(\"$word\")\n"
    "        fi\n"
    "        joined=\n"
    "        [[ $word == [=:]* ]] && joined=1\n"
    "    done\n"
    "    [[ $cur == [=:] ]] && cur=\n"
    "    whole=${line[${#line[@]} - 1]}\n"
    "    lead=${whole%\"$cur\"}\n"
    "    for ((i = 0; i + 1 < ${#line[@]}; i++)); do\n"
    "        ~_step \"${line[i]}\"\n"
    "    done\n"
    "    ~_complete\n"
    "    return 0\n"
    "}\n"
    "complete -F ~ -- ";

void stg_add_bash_completion(stg_script *script)
{
    stg_buf_addf(script->out,
                 "# Completion of %s for bash: load it with `source`, or put it into\n"
                 "# ~/.local/share/bash-completion/completions/%s.\n",
                 script->program, script->program);
    stg_add_ksh_tables(script);
    stg_script_add(script, functions_and_call);
    script->add_word(script->out, script->program);
    stg_buf_add_char(script->out, '\n');
}
