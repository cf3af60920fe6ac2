# SPDX-License-Identifier: BSD-3-Clause
#
# Completes `staged` in zsh: verbs and files first, then the arguments of the verb, or those of the
# script, which completes them itself.
#
_staged_script() {
    local name=_${${1:t}//[^a-zA-Z0-9]/_}
    eval "$(staged $1 --print-completion zsh 2>/dev/null </dev/null)" 2>/dev/null
    (($+functions[$name])) || return
    shift words
    ((CURRENT--))
    $name
}
# Completes the arguments of verbs that read records: a run, or a script.
_staged_names() {
    kind=words items=(${(f)"$(command staged runs --print-names $1 2>/dev/null </dev/null)"})
}
functions[_staged_words_of_parser]=$functions[_staged_verbs_words]
_staged_verbs_words() {
    _staged_words_of_parser "$1" || return
    case $1 in
    ' show|1' | ' watch|1' | ' diff|'[12] | ' replay|1' | ' report|1') _staged_names runs ;;
    ' runs|1' | ' stats|1' | ' prune|1') _staged_names scripts ;;
    esac
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
