# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2034,SC2154
# (The parser's completion, whose functions begin with _staged_verbs, uses the local variables here.)
#
# Completes `staged` in bash: verbs and files first, then the arguments of the verb, or those of the
# script, which completes them itself.
#
_staged_files() {
    local name
    compopt -o filenames 2>/dev/null
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(compgen -f -- "$1")
}
_staged_script() {
    local file=$1 name=_${1##*/} rest=$COMP_LINE
    name=${name//[!a-zA-Z0-9]/_}
    eval "$(staged "$file" --print-completion bash 2>/dev/null </dev/null)" 2>/dev/null
    declare -F "$name" >/dev/null || return 0
    # The script's own completion reads the line from the name of the script on.
    rest=${rest#"${rest%%[![:blank:]]*}"}
    rest=${rest#*[[:blank:]]}
    local COMP_POINT=$((COMP_POINT - ${#COMP_LINE} + ${#rest})) COMP_LINE=$rest
    "$name" "$file" "$2" "$3"
}
# Completes the arguments of verbs that read records: a run, or a script.
_staged_names() {
    local name
    kind=words
    while IFS= read -r name; do
        items+=("$name")
    done < <(command staged runs --print-names "$1" 2>/dev/null </dev/null)
}
eval "_staged_words_of_parser() $(declare -f _staged_verbs_words | tail -n +2)"
_staged_verbs_words() {
    _staged_words_of_parser "$1" || return
    case $1 in
    ' show|1' | ' watch|1' | ' diff|'[12] | ' replay|1' | ' report|1') _staged_names runs ;;
    ' runs|1' | ' stats|1' | ' prune|1') _staged_names scripts ;;
    esac
}
_staged() {
    local word='' quote='' begun='' tilde='' state=''
    local -a line=()
    _staged_verbs_read "${COMP_LINE:0:COMP_POINT}"
    if [[ ${#line[@]} -gt 1 && ${line[1]} != -* && -f ${line[1]} ]] &&
        ! _staged_verbs_command " ${line[1]}"; then
        _staged_script "${line[1]}" "$2" "${3-}"
        return
    fi
    _staged_verbs "$@"
    [[ ${#line[@]} != 1 || $2 == -* ]] || _staged_files "$2"
}
complete -F _staged -- staged
