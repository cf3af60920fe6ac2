# SPDX-License-Identifier: BSD-3-Clause
#
# The walk over the words, and what fish is offered.  The tables end what they write with NUL each:
# for a flag or place how many words, what kind, and the words.  Names of files may have any other
# character.  Source: fish's manual, "Writing your own completions".
#
# What quotes and backslashes of a word stand for; its last quote may be open.
function _PROGRAM_unquoted -a word
    for quote in '' \' '"'
        string unescape -- "$word$quote"; and return
    end
end
function _PROGRAM_files -a before whole
    set -l start (string replace -- "$before" '' "$whole" | string collect)
    if test -z "$before"; and string match -qr '^\x7e' -- (commandline -ct)
        printf '%s\0' (__fish_complete_path (commandline -ct))
        return
    end
    for file in "$start"*
        test -d "$file"; and set file "$file/"
        printf '%s\0' "$before$file"
    end
end
function _PROGRAM_offer -a before whole
    set -l answer $argv[3..-1]
    if test "$answer[2]" = files
        _PROGRAM_files "$before" "$whole"
    else if set -q answer[3]
        printf '%s\0' "$before"$answer[3..-1]
    end
end
function _PROGRAM_complete
    set -l words (commandline -opc)
    set -l whole (_PROGRAM_unquoted (commandline -ct) | string collect)
    set -e words[1]
    set -l state ''
    set -l option ''
    set -l left 0
    set -l place 1
    set -l taken 0
    set -l dashes
    for word in $words
        set -l flag (string split -m 1 -- '=' $word)
        set -l answer
        if test "$left" = rest
            break
        else if not set -q dashes[1]; and test "$word" = --
            set dashes 1
            set left 0
            continue
        end
        if not set -q dashes[1]; and _PROGRAM_is_flag "$word"
            set answer (_PROGRAM_words "$state|$flag[1]" | string split0)
        end
        if set -q answer[1]
            set option "$state|$flag[1]"
            set left $answer[1]
            set -q flag[2]; and set left 0
        else if contains -- "$left" many
            continue
        else if test "$left" = optional
            set left 0
        else if test "$left" -gt 0
            set left (math $left - 1)
        else
            set answer (_PROGRAM_words "$state|$place" | string split0)
            set -q answer[1]; or continue
            set taken (math $taken + 1)
            switch $answer[1]
                case command
                    set -l inner (_PROGRAM_command "$state $word")
                    if set -q inner[1]
                        set state $inner[1]
                        set place 1
                        set taken 0
                    end
                case rest
                    set left rest
                case many
                case optional
                    set place (math $place + 1)
                    set taken 0
                case '*'
                    if test $taken -ge $answer[1]
                        set place (math $place + 1)
                        set taken 0
                    end
            end
        end
    end
    if test "$left" = rest
        _PROGRAM_files '' "$whole"
    else if not set -q dashes[1]; and _PROGRAM_is_flag "$whole-"
        set -l flag (string split -m 1 -- '=' $whole)
        if set -q flag[2]
            _PROGRAM_offer "$flag[1]=" "$whole" (_PROGRAM_words "$state|$flag[1]" | string split0)
        else
            _PROGRAM_flags "$state"
        end
    else if test "$left" != 0
        _PROGRAM_offer '' "$whole" (_PROGRAM_words "$option" | string split0)
    else
        set -l answer (_PROGRAM_words "$state|$place" | string split0)
        _PROGRAM_offer '' "$whole" $answer
        set -q answer[3]; or _PROGRAM_flags "$state"
    end
end
