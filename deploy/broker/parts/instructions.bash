# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# What to type elsewhere.

first_name() {
    printf '%s' "${names%%,*}"
}

show_gateway() {
    local user=$1 file=$home/credentials/$1.password host
    host=$(first_name)
    cat <<TEXT

Gateway $user: on its Raspberry Pi, into /etc/reedgate/reedgate.yaml
    gateway:
      id: $user
TEXT
    [[ $prefix == reedgate ]] || say "    topic_prefix: $prefix"
    [[ $monitor_prefix == reedgate-monitor ]] || say "    monitor_prefix: $monitor_prefix"
    cat <<TEXT
    broker:
      url: mqtts://$host:$port
      user: $user
      password_file: /etc/reedgate/credentials/mqtt.password
TEXT
    [[ ! -f $home/ca.crt ]] || say "      ca_file: /etc/reedgate/credentials/ca.pem"
    say "  or let the Pi write it, with your switch: sudo reedgate init --gateway-id $user --broker mqtts://$host:$port --user $user --sensor ..."
    say "  and the files, if that Pi is this machine:"
    say "    sudo install -m 640 -g reedgate $file /etc/reedgate/credentials/mqtt.password"
    [[ ! -f $home/ca.crt ]] || say "    sudo install -m 644 $home/ca.crt /etc/reedgate/credentials/ca.pem"
    say "  or, if it is another one, typed there:"
    say "    ssh ADMIN@$host sudo cat $file | sudo install -m 640 -g reedgate /dev/stdin /etc/reedgate/credentials/mqtt.password"
    [[ ! -f $home/ca.crt ]] ||
        say "    ssh ADMIN@$host cat $home/ca.crt | sudo install -m 644 /dev/stdin /etc/reedgate/credentials/ca.pem"
}

show_phone() {
    local user=$1 id=+ file=$home/credentials/$1.password
    [[ ${scope[$user]} == '*' ]] || id=${scope[$user]%%,*}
    cat <<TEXT

Phone $user: in its MQTT app
    host             $(first_name)
    port             $port, with TLS
TEXT
    [[ $ws_port == none ]] || say "    WebSockets       port $ws_port, path /mqtt, with TLS (instead, if the app or network wants it)"
    cat <<TEXT
    user             $user
    password         sudo cat $file
TEXT
    if [[ -f $home/ca.crt ]]; then
        say "    CA certificate   $home/ca.crt"
    else
        say "    CA certificate   none of your own is needed"
    fi
    cat <<TEXT
    client id        $user (the broker makes it so; one connection for each account)
    MQTT version     5, or 3.1.1
    session          keep it: clean session (clean start) off, session expiry 604800 s
    keep alive       60 s to 1 h
    subscribe        $prefix/$id/alarm          QoS 1, to be notified of
                     $prefix/$id/+/state        QoS 1, what is open now
                     $prefix/$id/availability   QoS 1, whether the gateway is there
TEXT
}

show_monitor() {
    local user=$1 file=$home/credentials/$1.password
    cat <<TEXT

Monitor $user: a program that keeps the events of all gateways
    broker           mqtts://$(first_name):$port
    user             $user
    password         sudo cat $file
TEXT
    if [[ -f $home/ca.crt ]]; then
        say "    CA certificate   $home/ca.crt"
    else
        say "    CA certificate   none of your own is needed"
    fi
    cat <<TEXT
    client id        $user (the broker makes it so; one connection for each account)
    MQTT version     5
    reads            $prefix/+/event and all else that gateways publish
    asks for the log at $prefix/GATEWAY/log/get, with response topic $monitor_prefix/$user/log/GATEWAY
    own topics       $monitor_prefix/$user/...
TEXT
}

show() {
    local user=$1
    [[ -n ${kind[$user]:-} ]] || fail 1 "there is no account '$user'" "reedgate-broker status lists them"
    "show_${kind[$user]}" "$user"
    if [[ $show_password == yes ]]; then
        say "    password: $(cat "$(password_file "$user")")"
    fi
}

status() {
    local user file
    say "broker      $(first_name), port $port (MQTT over TLS)$([[ $ws_port == none ]] || printf ', port %s (WebSockets over TLS)' "$ws_port")"
    say "answers     $(if accepts "${bind:-127.0.0.1}" "$port"; then echo yes; else echo "NO: systemctl status mosquitto"; fi)"
    say "names       ${names//,/ }"
    say "topics      $prefix/..."
    for file in server ca; do
        if [[ -f $home/$file.crt ]]; then
            printf '%-11s %s\n' "$file.crt" "lasts for $(days_left "$home/$file.crt") days"
        fi
    done
    for user in $(users); do
        printf '%-11s %s%s\n' "${kind[$user]}" "$user" "$([[ ${kind[$user]} != phone ]] || printf ', reads %s' "${scope[$user]}")"
    done
}

warn_of_foreign_addresses() {
    local name
    while IFS= read -r name; do
        if is_address "$name" && [[ ",$names," != *",$name,"* && -z $certificate ]]; then
            note "this machine's address $name is not in the certificate; if clients use it: reedgate-broker renew --name $(first_name) --name $name"
        fi
    done < <(found_names)
}
