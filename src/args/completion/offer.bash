# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC1003,SC2034
# (A backslash in quotes is meant; what is local here is used by the walk and the tables.)
#
# What bash is offered.  Source: bash's manual, "Programmable Completion".
#
_PROGRAM_read() {
    local text=$1 plain next
    while [[ -n $text ]]; do
        case $quote in
        "'") plain=${text%%"'"*} ;;
        '"') plain=${text%%[\\\"]*} ;;
        '$') plain=${text%%[\\\']*} ;;
        *) plain=${text%%[[:blank:]\\\"\']*} ;;
        esac
        [[ -z $begun && -z $quote && ${plain:0:1} == $'\176' ]] && tilde=1
        word+=$plain
        text=${text#"$plain"}
        next=${text:0:1}
        text=${text:1}
        [[ -n $plain || (-n $next && $next != [[:blank:]]) ]] && begun=1
        case $quote:$next in
        *:'\')
            [[ $quote == '"' && ${text:0:1} != [\\\"\$\`] ]] && word+='\'
            word+=${text:0:1}
            text=${text:1}
            ;;
        ":'")
            quote="'"
            [[ $plain == *'$' ]] && quote='$' word=${word%'$'}
            ;;
        ':"') quote='"' ;;
        "':'" | '":"' | "\$:'") quote='' ;;
        :[[:blank:]])
            [[ -n $begun ]] && line+=("$word")
            word='' begun='' tilde=''
            ;;
        esac
    done
}
_PROGRAM_reply() {
    [[ $1 == "$lead"* ]] || return 0
    local text=${1#"$lead"} again="'\\''"
    case $quote in
    "'") text=${text//"'"/"$again"} ;;
    '"')
        text=${text//'\'/'\\'}
        text=${text//'"'/'\"'}
        text=${text//'$'/'\$'}
        text=${text//'`'/'\`'}
        again="\"'!'\""
        text=${text//'!'/"$again"}
        ;;
    *) [[ -n $text ]] && printf -v text %q "$text" ;;
    esac
    # bash takes a quote at the end for the one that is missing.
    [[ -n $quote && $text == *"$quote" ]] && text+=$quote
    COMPREPLY+=("$text")
}
_PROGRAM_offer() {
    local item
    for item in "$@"; do
        [[ $item == "$whole"* ]] && _PROGRAM_reply "$item"
    done
}
_PROGRAM_files() {
    local file=$1 folder='' home='' item
    GLOBIGNORE=
    set +f
    shopt -u failglob globskipdots nocaseglob 2>/dev/null
    shopt -s nullglob dotglob
    [[ $(bind -v 2>/dev/null) == *'completion-ignore-case on'* ]] && shopt -s nocaseglob
    [[ -n $tilde && $file == */* ]] && folder=${file%%/*}
    [[ ${folder:1} == *[!a-zA-Z0-9_.-]* ]] && folder=
    [[ -n $folder ]] && eval "home=$folder"
    for item in "$home${file#"$folder"}"*; do
        printf '%s\0' "$folder${item#"$home"}"
    done
}
_PROGRAM_offer_files() {
    local item file names='' folder=''
    # Readline quotes names by itself, and shows them without their folders.
    [[ $lead == "$1" ]] && compopt -o filenames 2>/dev/null && names=1
    while IFS= read -r -d '' item; do
        if [[ -n $names ]]; then
            COMPREPLY+=("$item")
        else
            folder=
            [[ -d $item ]] && folder=/
            _PROGRAM_reply "$1$item$folder"
        fi
    done < <(_PROGRAM_files "${whole#"$1"}")
    [[ -n $folder && ${#COMPREPLY[@]} == 1 ]] && compopt -o nospace 2>/dev/null
}
_PROGRAM_offer_words() {
    local item
    if [[ $kind == files ]]; then
        _PROGRAM_offer_files "$1"
    else
        for item in ${items[@]+"${items[@]}"}; do
            _PROGRAM_offer "$1$item"
        done
    fi
}
_PROGRAM_offer_flags() {
    _PROGRAM_flags "$state"
    _PROGRAM_offer "${flags[@]}"
}
_PROGRAM() {
    local number='' kind=any state='' option='' left=0 rest='' dashes='' whole lead
    local upto=${COMP_LINE:0:COMP_POINT} word='' quote='' begun='' tilde=''
    local -i i place=1 taken=0
    local -a flags items line
    COMPREPLY=() line=() items=() flags=()
    # Only what comes last is replaced: bash also ends words at '=', ':' and quotes.
    _PROGRAM_read "${upto%"$2"}"
    lead=$word
    _PROGRAM_read "$2"
    whole=$word
    for ((i = 1; i < ${#line[@]}; i++)); do
        _PROGRAM_step "${line[i]}"
    done
    _PROGRAM_complete
    return 0
}
