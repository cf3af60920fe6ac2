# SPDX-License-Identifier: BSD-3-Clause
#
# What zsh is offered for `staged`: verbs and files first, then what the verb takes, or what the script
# takes, which tells that itself.
#
_staged_script() {
    local name=_${${1:t}//[^a-zA-Z0-9]/_}
    eval "$(staged $1 --print-completion zsh 2>/dev/null </dev/null)" 2>/dev/null
    (($+functions[$name])) || return
    shift words
    ((CURRENT--))
    $name
}
_staged() {
    local state= file=${(Q)words[2]}
    if ((CURRENT > 2)) && [[ $file != -* && -f $file ]] && ! _staged_verbs_command " $file"; then
        _staged_script $file
        return
    fi
    _staged_verbs "$@"
    ((CURRENT != 2)) || [[ $PREFIX == -* ]] || _files
}
if [[ $funcstack[1] == _staged ]]; then
    _staged "$@"
elif (($+functions[compdef])); then
    compdef _staged staged
fi
