# SPDX-License-Identifier: BSD-3-Clause
#
# What zsh is offered.  Source: zsh's manual, "Completion System".
#
_PROGRAM_offer_words() {
    local -a shown
    local -i i
    [[ -n $1 ]] && compset -P 1 '*='
    if [[ $kind == files ]]; then
        _files
    elif [[ $number == command ]]; then
        for ((i = 1; i <= ${#items}; i++)); do
            shown+=("${items[i]//:/\\:}:${helps[i]}")
        done
        _describe command shown
    elif ((${#items} > 0)); then
        compadd -- "${items[@]}"
    fi
}
_PROGRAM_offer_flags() {
    local -a shown
    local -i i
    _PROGRAM_flags "$state"
    for ((i = 1; i <= ${#flags}; i++)); do
        shown+=("${flags[i]//:/\\:}:${helps[i]}")
    done
    _describe -o option shown
}
_PROGRAM() {
    local number= kind=any state= option= left=0 rest= dashes= whole=$PREFIX
    local -a flags helps items
    local -i i place=1 taken=0
    # A quote that is open is not a part of it.
    [[ -z $compstate[quote] ]] && whole=${(Q)whole}
    for ((i = 2; i < CURRENT; i++)); do
        _PROGRAM_step "${(Q)words[i]}"
    done
    _PROGRAM_complete
}
