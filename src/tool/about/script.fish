# SPDX-License-Identifier: BSD-3-Clause
#
# Completes `staged` in fish: verbs and files first, then the arguments of the verb, or those of the
# script, which completes them itself.
#
function _staged_script -a file
    set -l words (commandline -opc)
    set -l rest (string escape -- (basename -- $file) $words[3..-1])
    eval (staged $file --print-completion fish 2>/dev/null </dev/null | string collect)
    complete -C (string join -- ' ' $rest (commandline -ct) | string collect)
end
# Completes the arguments of verbs that read records: a run, or a script.
functions -e _staged_words_of_parser
functions -c _staged_verbs_words _staged_words_of_parser
function _staged_verbs_words -a key
    set -l what
    switch $key
        case ' show|1' ' watch|1' ' diff|1' ' diff|2' ' replay|1' ' report|1'
            set what runs
        case ' runs|1' ' stats|1' ' prune|1'
            set what scripts
        case '*'
            _staged_words_of_parser $key
            return
    end
    set -l answer (_staged_words_of_parser $key | string split0)
    printf '%s\0' $answer[1] words (command staged runs --print-names $what 2>/dev/null </dev/null)
end
function _staged_complete
    set -l words (commandline -opc)
    if set -q words[2]; and test -f "$words[2]"; and not string match -q -- '-*' $words[2]
        and test -z (_staged_verbs_command " $words[2]" | string collect)
        _staged_script $words[2]
        return
    end
    _staged_verbs_complete | string split0
    set -q words[2]; or __fish_complete_path (commandline -ct)
end
complete -f -c staged -a '(_staged_complete)'
