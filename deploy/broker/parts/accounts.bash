# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# What is kept from run to run: settings, and the accounts with their passwords and access rules.
# where Home Assistant looks for descriptions of devices
readonly DISCOVERY=homeassistant


prefix=reedgate monitor_prefix=reedgate-monitor port=$DEFAULT_PORT ws_port=$DEFAULT_WS_PORT bind='' names='' certificate='' key='' ca='' viewer=yes
declare -A kind=() scope=()

paths() {
    home=$root/etc/mosquitto/reedgate
    main=$root/etc/mosquitto/mosquitto.conf
    conf=$root/etc/mosquitto/conf.d/reedgate.conf
    unit_folder=$root/etc/systemd/system
}

is_set_up() {
    [[ -f $home/settings ]]
}

read_settings() {
    local name value
    [[ -d $home ]] || return 0
    if is_set_up; then
        [[ -r $home/settings ]] || fail 1 "cannot read $home/settings" "run it as root: sudo reedgate-broker $command"
        read_settings_file
    fi
    [[ -f $home/accounts ]] || return 0
    while read -r name value; do
        case $name in
            '') ;;
            gateway) kind[$value]=gateway scope[$value]=- ;;
            viewer) kind[$value]=viewer scope[$value]=- ;;
            monitor) kind[$value]=monitor scope[$value]='*' ;;
            phone) kind[${value%% *}]=phone scope[${value%% *}]=${value#* } ;;
            *) fail 1 "$home/accounts has an unknown line: $name" "remove that line" ;;
        esac
    done <"$home/accounts"
}

read_settings_file() {
    local name value
    while IFS='=' read -r name value; do
        case $name in
            prefix | monitor_prefix | port | ws_port | bind | names | certificate | key | ca | viewer) printf -v "$name" '%s' "$value" ;;
            *) fail 1 "$home/settings has an unknown line: $name" "remove that line" ;;
        esac
    done <"$home/settings"
}

settings_text() {
    local name
    for name in prefix monitor_prefix port ws_port bind names certificate key ca viewer; do
        printf '%s=%s\n' "$name" "${!name}"
    done
}

users() {
    ((${#kind[@]} == 0)) || printf '%s\n' "${!kind[@]}" | sort
}

accounts_text() {
    local user
    for user in $(users); do
        if [[ ${kind[$user]} != phone ]]; then
            say "${kind[$user]} $user"
        else
            say "phone $user ${scope[$user]}"
        fi
    done
}

add() {
    local user=$1 as=$2
    if [[ -n ${kind[$user]:-} && ${kind[$user]} != "$as" ]]; then
        fail 2 "'$user' is the account of a ${kind[$user]} already" "choose another name"
    fi
    kind[$user]=$as
    scope[$user]=${3:--}
}

# the gateways that a phone may read, as kept: * for all, or ids with a comma between them
wanted_scope() {
    local id
    ((${#given_gateways[@]} > 0)) || {
        printf '*'
        return
    }
    for id in "${given_gateways[@]}"; do
        [[ ${kind[$id]:-} == gateway ]] || fail 2 "there is no gateway '$id'" "reedgate-broker add-gateway $id"
    done
    printf '%s\n' "${given_gateways[@]}" | sort -u | paste -sd ,
}

drop() {
    local gone=$1 user left
    [[ -n ${kind[$gone]:-} ]] || fail 1 "there is no account '$gone'" "reedgate-broker status lists them"
    if [[ ${kind[$gone]} == viewer ]]; then
        drop_viewer
        return
    fi
    for user in $(users); do
        if [[ ${kind[$user]} == phone && ${kind[$gone]} == gateway && ${scope[$user]} != '*' ]]; then
            left=$(tr , '\n' <<<"${scope[$user]}" | grep -vxF -- "$gone" | paste -sd ,) || true
            scope[$user]=${left:--}
        fi
    done
    unset "kind[$gone]" "scope[$gone]"
}

secret() {
    head -c 8192 /dev/urandom | tr -dc 'abcdefghjkmnpqrstuvwxyz23456789' | cut -c 1-20 | sed 's/...../&-/g; s/-$//'
}

# the file with a user's password: those of the viewer share one
password_file() {
    local name=$1
    [[ ${kind[$1]:-} != viewer ]] || name=viewer
    printf '%s/credentials/%s.password' "$home" "$name"
}

# the line of a user in mosquitto's password file; the password is never on a command line
hashed() {
    local user=$1 file work
    file=$(password_file "$1")
    if [[ ! -s $file ]]; then
        secret >"$file.new"
        mv "$file.new" "$file"
    fi
    work=$(mktemp "$home/credentials/.hash.XXXXXX")
    printf '%s:%s\n' "$user" "$(head -n 1 "$file")" >"$work"
    mosquitto_passwd -U "$work" >/dev/null || fail 1 "mosquitto_passwd -U failed" "is the package mosquitto intact?"
    cat "$work"
    rm -f "$work"
}

passwords_text() {
    local user line word='[A-Za-z0-9+/]+=*' hash
    # sha512, pbkdf2 and argon2id, each with salt and hash
    hash='\$(6|7\$[1-9][0-9]*|argon2id\$v=[0-9]+\$[a-z0-9=,]+)\$'$word'\$'$word
    # no line of another form, none that was cut short, and none twice: mosquitto 2.1 ends when it reads such a file again
    say "# made by reedgate-broker"
    for user in $(users); do
        line=$(grep -m 1 -E -- "^$user:$hash\$" "$home/passwords" 2>/dev/null) || line=$(hashed "$user")
        say "$line"
    done
}

# What a gateway publishes. Of panel/set, where codes are sent, nothing is read; mosquitto's "deny" would deny writing as well, so what
# may be read is named.
read_access() {
    local topic
    for topic in availability +/state +/detail event alarm panel/reply "diagnostics/#"; do
        say "topic read $1/$topic"
    done
}

# What somebody may who looks at gateways and commands them. The second argument is the place of the descriptions for Home Assistant,
# which is such an account; its button writes to test/set.
phone_access() {
    read_access "$1"
    say "topic write $1/panel/set"
    say "topic write $1/diagnostics/test/set"
    say "topic read $2"
}

access_text() {
    local user id discovery=$DISCOVERY
    say "# Made by reedgate-broker; its next run overwrites changes made here by hand."
    for user in $(users); do
        printf '#\nuser %s\n' "$user"
        if [[ ${kind[$user]} == viewer ]]; then
            viewer_access "$user" "$discovery"
        elif [[ ${kind[$user]} == gateway ]]; then
            say "topic write $prefix/$user/#"
            say "topic read $prefix/$user/diagnostics/#"
            say "topic read $prefix/$user/panel/set"
            say "topic read $prefix/$user/log/get"
            say "topic write $monitor_prefix/+/log/$user"
            say "topic write $discovery/+/reedgate_$user/#"
            say "topic read $discovery/status"
        elif [[ ${kind[$user]} == monitor ]]; then
            read_access "$prefix/+"
            say "topic write $prefix/+/log/get"
            say "topic readwrite $monitor_prefix/$user/#"
        elif [[ ${scope[$user]} == '*' ]]; then
            phone_access "$prefix/+" "$discovery/#"
            say "topic write $discovery/status"
        elif [[ ${scope[$user]} != - ]]; then
            for id in ${scope[$user]//,/ }; do
                phone_access "$prefix/$id" "$discovery/+/reedgate_$id/#"
            done
            say "topic write $discovery/status"
        fi
    done
}
