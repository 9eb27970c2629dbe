# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# mosquitto's configuration, and having it read; renewal by a timer.

configuration_text() {
    cat <<TEXT
# Made by reedgate-broker: change it with that, not by hand. docs/brokers.md of reedgate tells why each line is here.

# who gets in, and what they may do
allow_anonymous false
$(access_lines)

# what is acknowledged is on disk one message later
TEXT
    [[ -n $(in_others 'persistence[[:space:]]+true') ]] || say "persistence true"
    [[ -n $(in_others persistence_location) ]] || say "persistence_location $root/var/lib/mosquitto/"
    cat <<TEXT
autosave_on_changes true
autosave_interval 1
persistent_client_expiration 30d

# bounds
max_packet_size 262144
max_queued_messages 2000
max_queued_bytes 2097152
max_keepalive 3600
sys_interval 0
TEXT
    if [[ -z $(in_others log_type) ]]; then
        printf '\n# not "information": that is a line each time the store is saved\n'
        printf 'log_type %s\n' error warning notice
    fi
    listener_text "$port" "MQTT over TLS"
    [[ $ws_port == none ]] || listener_text "$ws_port" "MQTT over WebSockets over TLS" "protocol websockets"
}

# 2.1 has plugins for these files, and 3.0 nothing else
access_lines() {
    local passwords access
    passwords=$(plugin_file mosquitto_password_file) access=$(plugin_file mosquitto_acl_file)
    if is_version 2 1 && [[ -n $passwords && -n $access ]]; then
        printf 'plugin %s\nplugin_opt_password_file %s\n' "$passwords" "$home/passwords"
        printf 'plugin %s\nplugin_opt_acl_file %s\n' "$access" "$home/access"
    else
        printf 'password_file %s\nacl_file %s\n' "$home/passwords" "$home/access"
    fi
}

# where the package mosquitto has put a plugin
plugin_file() {
    local file
    for file in "$root"/usr/lib/*/"$1.so" "$root"/usr/lib/*/mosquitto/"$1.so" "$root"/usr/lib/{,mosquitto/}"$1.so"; do
        if [[ -f $file ]]; then
            printf '%s' "$file"
            return
        fi
    done
}

# is_version MAJOR MINOR: whether mosquitto is of this version or a later one; one that does not tell is taken for an old one
is_version() {
    local found major minor
    found=$({ PATH=$PATH:/usr/sbin mosquitto -h 2>/dev/null || true; } | sed -n '1s/^mosquitto version //p')
    IFS=. read -r major minor _ <<<"$found"
    [[ $major =~ ^[0-9]+$ && $minor =~ ^[0-9]+$ ]] && ((major > $1 || major == $1 && minor >= $2))
}

listener_text() {
    printf '\n# %s; the user name is the client id, so no account can push another one out\n' "$2"
    say "listener $1${bind:+ $bind}"
    [[ -z ${3:-} ]] || say "$3"
    say "certfile $home/server.crt"
    say "keyfile $home/server.key"
    say "use_username_as_clientid true"
    say "max_connections 200"
}

service() {
    if [[ -n ${REEDGATE_BROKER_SERVICE:-} ]]; then
        "$REEDGATE_BROKER_SERVICE" "$1" 9>&- # for tests: a program that stands for systemctl
    elif has_service; then
        systemctl --quiet "$1" mosquitto
    else
        say "mosquitto needs a $1 now: there is no service manager here to do it"
    fi
}

has_service() {
    [[ -n ${REEDGATE_BROKER_SERVICE:-} || -z $root && -d /run/systemd/system ]]
}

accepts() {
    (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

# bring_up restart|reload BACKUP: BACKUP is the former configuration, if this run has changed it
bring_up() {
    local what=$1 backup=$2 tries
    if [[ $what == reload ]] && service reload && survives; then
        return
    fi
    # Debian's package enables it, but what is to be there after the next boot is not left to who was here before
    ! has_service || service enable || note "mosquitto does not start with this machine: sudo systemctl enable mosquitto"
    if service restart; then
        for ((tries = 0; tries < 600; tries++)); do
            if ! has_service || accepts "${bind:-127.0.0.1}" "$port"; then
                return
            fi
            sleep 0.1
        done
    fi
    note "mosquitto does not come up"
    if [[ " ${changed[*]-} " == *" $conf "* ]]; then
        mv "$conf" "$home/refused.conf"
        note "the new configuration is set aside as $home/refused.conf"
        [[ ! -f $backup ]] || mv "$backup" "$conf"
        service restart || note "and it does not come up with the former one either"
    fi
    fail 1 "mosquitto could not be started" "journalctl -u mosquitto -n 20 and /var/log/mosquitto/mosquitto.log tell why"
}

# 2.1 ends when it finds something wrong in the files that it reads again
survives() {
    local looks
    has_service || return 0
    for ((looks = 0; looks < 5; looks++)); do
        sleep 0.1
        accepts "${bind:-127.0.0.1}" "$port" || return 1
    done
}

refuse_taken_port() {
    local former wanted
    former=" $(sed -n 's/^listener \([0-9]*\).*/\1/p' < <(cat "$conf" 2>/dev/null) | paste -sd ' ') "
    for wanted in "$port" "$ws_port"; do
        if [[ $wanted != none && $former != *" $wanted "* ]] && accepts "${bind:-127.0.0.1}" "$wanted"; then
            fail 1 "port $wanted is taken by another program" "choose another with --port or --ws-port, or stop that program (ss -ltnp tells which)"
        fi
    done
}

# where the program is to be found later: a copy, as the broker may outlive the package of the gateway
installed_program() {
    printf '%s' "$root/usr/local/lib/reedgate-broker/reedgate-broker"
}

install_program() {
    local folder=$root/usr/local/lib/reedgate-broker link=$root/usr/local/sbin/reedgate-broker path file
    [[ $dry == no && $folder_of_program != "$folder" ]] || return 0
    mkdir -p "$root/usr/local/sbin"
    path=$(installed_program)
    [[ $(readlink "$link") == "$path" ]] || ln -sfn "$path" "$link"
    mkdir -p "$folder/parts"
    chmod 755 "$folder" "$folder/parts"
    put "$folder/reedgate-broker" 755 root:root <"$folder_of_program/reedgate-broker"
    for file in "$folder_of_program"/parts/*.bash; do
        put "$folder/parts/${file##*/}" 644 root:root <"$file"
    done
}

install_timer() {
    local path
    path=$(installed_program)
    [[ $dry == yes ]] || mkdir -p "$unit_folder"
    put "$unit_folder/reedgate-broker.service" 644 root:root <<TEXT
[Unit]
Description=Renew the broker's certificate if it is due
After=mosquitto.service

[Service]
Type=oneshot
ExecStart=$path renew --if-due${root:+ --root $root}
TEXT
    put "$unit_folder/reedgate-broker.timer" 644 root:root <<'TEXT'
[Unit]
Description=Look daily whether the broker's certificate is due

[Timer]
OnCalendar=daily
RandomizedDelaySec=1h
Persistent=true

[Install]
WantedBy=timers.target
TEXT
    if [[ $dry == no && -z $root && -d /run/systemd/system && " ${changed[*]-} " == *"$unit_folder/reedgate-broker."* ]]; then
        systemctl daemon-reload
        systemctl enable --now --quiet reedgate-broker.timer
    fi
}

# apply FORCE: everything as settings and accounts say; FORCE yes makes a new certificate
apply() {
    local need='' backup=$home/former.conf text
    [[ $dry == yes ]] || refuse_taken_port
    if [[ -n $certificate ]]; then given_certificates; else own_certificates "$1"; fi
    text=$(accounts_text)
    put "$home/accounts" 600 root:root <<<"$text"
    if [[ $dry == no ]]; then
        text=$(passwords_text)
        put "$home/passwords" 600 mosquitto:mosquitto <<<"$text"
        hand_over_viewer
    fi
    text=$(access_text)
    put "$home/access" 600 mosquitto:mosquitto <<<"$text"
    [[ $dry == yes ]] || mkdir -p "${conf%/*}"
    [[ $dry == yes || ! -f $conf ]] || cp -p "$conf" "$backup"
    text=$(configuration_text)
    put "$conf" 644 root:root <<<"# checksum $(checksum <<<"$text")"$'\n'"$text"
    if [[ $dry == no ]]; then
        take_effect "$backup"
        text=$(settings_text)
        put "$home/settings" 600 root:root <<<"$text"
    fi
    install_program
    install_timer
    if [[ $dry == no ]]; then
        if ((${#changed[@]} == 0)); then
            say "nothing had to be changed"
        else
            printf 'written: %s\n' "${changed[@]}"
        fi
    fi
}

# mosquitto reads what is new; if a run is cut off before that, the next one sees it by the file "pending"
take_effect() {
    local need=''
    case " ${changed[*]-} " in
        *" $conf "* | *" $home/server.crt "*) need=restart ;;
        *" $home/passwords "* | *" $home/access "*) need=reload ;;
    esac
    [[ ! -f $home/pending || $need == restart ]] || need=$(cat "$home/pending")
    if [[ -n $need ]]; then
        printf '%s' "$need" >"$home/pending"
        bring_up "$need" "$1"
    fi
    rm -f "$home/pending" "$1"
}
