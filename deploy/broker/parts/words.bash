# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# What is said to people, and what they said on the command line.

say() {
    printf '%s\n' "$*"
}

note() {
    printf 'reedgate-broker: %s\n' "$*" >&2
}

# fail CODE MESSAGE [FIX]
fail() {
    note "$2"
    if [[ -n ${3:-} ]]; then
        note "fix: $3"
    fi
    exit "$1"
}

command='' subject='' root='' dry=no if_due=no new_ca=no show_password=no
given_viewer='' is_viewer_dropped=no
given_names=() given_gateways=() given_phones=()
given_port='' given_ws='' given_bind='' given_prefix='' given_monitor_prefix='' given_certificate='' given_key='' given_ca=''

# option_of COMMANDS: the current option is for these commands only
option_of() {
    local allowed
    for allowed in $1; do
        [[ $allowed == "$command" ]] && return
    done
    fail 2 "$option is not for $command" "see reedgate-broker --help"
}

parse() {
    local words=() option value
    while (($# > 0)); do
        option=$1
        shift
        case $option in
            --name | --port | --ws-port | --bind | --prefix | --monitor-prefix | --gateway | --phone | --viewer | --certificate | --key | --ca | --root)
                (($# > 0)) || fail 2 "$option needs a value" "see reedgate-broker --help"
                value=$1
                shift
                [[ $value != *[$'\n\r']* ]] || fail 2 "$option has a line break in its value"
                words+=("$option" "$value")
                ;;
            --if-due | --new-ca | --show-password | --print) words+=("$option" '') ;;
            -h | --help)
                usage
                exit 0
                ;;
            --)
                for value in "$@"; do take_word "$value"; done
                break
                ;;
            -?*) fail 2 "unknown option '$option'" "see reedgate-broker --help" ;;
            *) take_word "$option" ;;
        esac
    done
    known_command
    set -- ${words[@]+"${words[@]}"}
    while (($# > 0)); do
        option=$1 value=$2
        shift 2
        take_option
    done
}

take_word() {
    if [[ -z $command ]]; then
        command=$1
    elif [[ -z $subject ]]; then
        subject=$1
        [[ -n $subject ]] || fail 2 "an empty name" "see reedgate-broker --help"
    else
        fail 2 "one word too many: '$1'" "see reedgate-broker --help"
    fi
}

known_command() {
    case $command in
        setup | renew | status)
            [[ -z $subject ]] || fail 2 "$command takes no '$subject'" "see reedgate-broker --help"
            ;;
        add-gateway | add-phone | add-monitor | remove | new-password | show)
            [[ -n $subject ]] || fail 2 "$command needs the name of a gateway, phone or monitor" "reedgate-broker $command NAME"
            check_id "$subject"
            ;;
        '') fail 2 "no command" "see reedgate-broker --help" ;;
        *) fail 2 "unknown command '$command'" "see reedgate-broker --help" ;;
    esac
}

take_option() {
    case $option in
        --root)
            [[ -d $value ]] || fail 2 "--root: no folder '$value'"
            root=$(cd "$value" && pwd)
            [[ $root != *[[:space:]]* ]] || fail 2 "--root: mosquitto's configuration takes no spaces in '$root'"
            [[ $root != / ]] || root=''
            ;;
        --print) dry=yes ;;
        --name)
            option_of "setup renew"
            check_name "$value"
            given_names+=("${value,,}")
            ;;
        --gateway)
            option_of "setup add-phone"
            check_id "$value"
            given_gateways+=("$value")
            ;;
        --phone)
            option_of setup
            check_id "$value"
            given_phones+=("$value")
            ;;
        --if-due | --new-ca)
            option_of renew
            [[ $option == --if-due ]] && if_due=yes || new_ca=yes
            ;;
        --show-password)
            option_of show
            show_password=yes
            ;;
        *)
            option_of setup
            take_setup_option
            ;;
    esac
}

take_setup_option() {
    case $option in
        --port)
            check_port "$value"
            given_port=$value
            ;;
        --ws-port)
            [[ $value == none ]] || check_port "$value"
            given_ws=$value
            ;;
        --bind)
            is_address "$value" || fail 2 "--bind: '$value' is no IP address" "say --bind 192.168.1.5, for example"
            given_bind=$value
            ;;
        --prefix | --monitor-prefix)
            [[ $value =~ ^[a-zA-Z0-9_-]{1,32}(/[a-zA-Z0-9_-]{1,32}){0,2}$ ]] ||
                fail 2 "$option '$value' is no topic prefix" "1 to 3 levels with / between them, each 1 to 32 of a-z, A-Z, 0-9, _ and -"
            if [[ $option == --prefix ]]; then given_prefix=$value; else given_monitor_prefix=$value; fi
            ;;
        --viewer)
            [[ $value == yes || $value == no ]] || fail 2 "--viewer: '$value' is neither yes nor no" "leave the option out for yes"
            given_viewer=$value
            ;;
        --certificate)
            given_certificate=none
            [[ $value == none ]] || given_certificate=$(existing "$value") || exit 2
            ;;
        --key) given_key=$(existing "$value") || exit 2 ;;
        --ca) given_ca=$(existing "$value") || exit 2 ;;
    esac
}

existing() {
    [[ -f $1 && -r $1 ]] || fail 2 "$option: cannot read the file '$1'" "give the path of a PEM file"
    printf '%s/%s\n' "$(cd "$(dirname "$1")" && pwd)" "$(basename "$1")"
}

check_id() {
    [[ $1 =~ ^[a-z0-9_-]{1,32}$ ]] || fail 2 "'$1' is no name for a gateway, phone or monitor" "1 to 32 of a-z, 0-9, _ and -"
}

check_port() {
    [[ $1 =~ ^[1-9][0-9]{0,4}$ && $1 -le 65535 ]] || fail 2 "$option: '$1' is no port" "a number from 1 to 65535"
    (($1 != 1883)) || fail 2 "$option: 1883 is where everybody expects clear text, and here is TLS" "leave the option out for 8883"
}

is_address() {
    local part
    if [[ $1 =~ ^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$ ]]; then
        for part in "${BASH_REMATCH[@]:1}"; do
            ((10#$part <= 255)) || return 1
        done
        return 0
    fi
    [[ $1 == *:* && $1 =~ ^[0-9a-fA-F:.]{2,45}$ ]]
}

check_name() {
    is_address "$1" || [[ $1 =~ ^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$ && ! $1 =~ ^[0-9.]+$ ]] ||
        fail 2 "--name: '$1' is neither a host name nor an IP address" "broker.lan or 192.168.1.5, for example"
}
