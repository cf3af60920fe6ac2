# SPDX-License-Identifier: BSD-3-Clause
# shellcheck shell=bash disable=SC2154
#
# The walk over the words for bash and zsh.  The caller declares what it keeps as local: `state` is
# the command so far, `option` the flag whose words may follow, `left` how many of them, `place` the
# positional that is next, `taken` how many words it has, `rest` whether all else is the rest of a
# line, `dashes` whether nothing more is a flag, `whole` the word that is completed.
#
_PROGRAM_step() {
    local word=$1
    if [[ -n $rest ]]; then
        :
    elif [[ -z $dashes && $word == -- ]]; then
        dashes=1 left=0
    elif [[ -z $dashes ]] && _PROGRAM_is_flag "$word" && _PROGRAM_words "$state|${word%%=*}"; then
        option="$state|${word%%=*}" left=$number
        [[ $word == *=* ]] && left=0
        [[ $left == rest ]] && rest=1
    elif [[ $left == [*+] ]]; then
        :
    elif [[ $left == '?' ]]; then
        left=0
    elif ((left > 0)); then
        left=$((left - 1))
    elif _PROGRAM_words "$state|$place"; then
        taken=$((taken + 1))
        case $number in
        (command) _PROGRAM_command "$state $word" && place=1 taken=0 ;;
        (rest) rest=1 ;;
        ([*+]) ;;
        ('?') place=$((place + 1)) taken=0 ;;
        (*) ((taken >= number)) && place=$((place + 1)) taken=0 ;;
        esac
    fi
    return 0
}
_PROGRAM_complete() {
    if [[ -n $rest ]]; then
        kind=files
        _PROGRAM_offer_words ''
    elif [[ -z $dashes && $whole == *=* ]] && _PROGRAM_is_flag "$whole" &&
        _PROGRAM_words "$state|${whole%%=*}"; then
        _PROGRAM_offer_words "${whole%%=*}="
    elif [[ -z $dashes ]] && _PROGRAM_is_flag "$whole-"; then
        _PROGRAM_offer_flags
    else
        if [[ $left != 0 ]]; then
            _PROGRAM_words "$option"
        else
            _PROGRAM_words "$state|$place"
        fi
        _PROGRAM_offer_words ''
        if [[ -z $whole && -z $dashes && $left == 0 && $kind == any ]]; then
            _PROGRAM_offer_flags
        fi
    fi
}
