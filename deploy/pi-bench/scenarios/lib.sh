# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Sourced by everything that runs inside the guest. What is found out goes to /host, where check looks at it.

export LC_ALL=C.UTF-8 NO_COLOR=1 DEBIAN_FRONTEND=noninteractive
witnessed=/run/bench/witness.jsonl
settings=/etc/reedgate/reedgate.yaml
mkdir -p /run/bench

# the broker as reedgate-broker sets it up: TLS, an account for each. "bench" is the bench's own, to publish marks with
start_broker() {
    /usr/share/reedgate/broker/reedgate-broker setup --name localhost --gateway home --gateway bench --phone witness \
        >/run/bench/broker.log || return 1
    until_true 600 publish up
}

password() {
    cat "/etc/mosquitto/reedgate/credentials/$1.password"
}

tls() {
    printf '%s\n' -V 5 -h localhost -p 8883 --cafile /etc/mosquitto/reedgate/ca.crt -i "$1" -u "$1" -P "$(password "$1")"
}

# publish TEXT: under reedgate/bench/mark/state
publish() {
    # shellcheck disable=SC2046 # words
    mosquitto_pub $(tls bench) -q 1 -t reedgate/bench/mark/state -m "$1"
}

# a subscriber whose session the broker keeps, and who writes down all it gets; comes back by itself
start_witness() {
    while :; do
        # shellcheck disable=SC2046 # words
        stdbuf -oL mosquitto_sub $(tls witness) -c -x 604800 -q 1 -t 'reedgate/#' -F '%j' >>"$witnessed" 2>>/run/bench/witness.log
        sleep 1
    done &
    until_true 600 is_heard
    mark witness
}

# a message before the subscription is lost
is_heard() {
    publish hello
    sleep 1
    [ -s "$witnessed" ]
}

# configure LINE...: a configuration with a door on each of the given lines
configure() {
    local line
    install -m 644 /etc/mosquitto/reedgate/ca.crt /etc/reedgate/credentials/ca.pem
    password home | install -m 600 /dev/stdin /etc/reedgate/credentials/mqtt.password
    {
        printf 'gateway: {id: home}\n'
        printf 'broker: {url: "mqtts://localhost:8883", user: home, ca_file: /etc/reedgate/credentials/ca.pem}\n'
        printf 'limits: {edges_per_minute: 100000, changes_per_minute: 600}\n'
        printf 'sensors:\n'
        for line in "$@"; do
            printf '  door_%s: {line: %s}\n' "$line" "$line"
        done
    } >$settings
    chgrp reedgate $settings
    chmod 640 $settings
}

show() {
    systemctl show -p "$1" --value reedgate
}

restarts_exceed() {
    [ "$(show NRestarts)" -gt "$1" ]
}

# journal: all that the service has written
journal() {
    journalctl -u reedgate -o cat --no-pager
}

# mark TEXT: a message for the witness, once it has all that was sent before; waits until the witness has it
mark() {
    until_true 600 publish "$1"
    until_true 600 is_marked "$1"
}

# told_since TIME TEXT: the service has written that since then, in seconds since 1970
told_since() {
    journalctl -u reedgate -o cat --no-pager --since "@$1" | grep -qF "$2"
}

is_marked() {
    newest | grep -q "\"topic\":\"reedgate/bench/mark/state\".*\"payload\":\"$1\""
}

# what the witness got lately: to search all of it takes long here
newest() {
    tail -n 300 "$witnessed"
}

# until_true TENTHS COMMAND...: repeats it until it succeeds, for so many tenths of a second at most
until_true() {
    local left=$1
    shift
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 10))
        if [ $left -le 0 ]; then
            echo "not in time: $*"
            return 1
        fi
        # seldom: what is tried costs processor time, and the service lacks it; waiting costs none
        sleep 1
    done
}

# state SENSOR: the last one the witness got
state() {
    newest | grep "\"topic\":\"reedgate/home/$1/state\"" | tail -n 1 | sed 's/.*"payload":"\([a-z]*\)".*/\1/'
}

is_state() {
    [ "$(state "$1")" = "$2" ]
}

# whether the service says so of itself, with or without a broker: is_told TEXT
is_told() {
    case $(show StatusText) in *"$1"*) ;; *) return 1 ;; esac
}

# the state that a door on this line has to have
true_state() {
    case $(cat "/run/bench/chip/sim_gpio$1/pull") in pull-up) echo open ;; *) echo closed ;; esac
}

# settle LINE: waits until the witness knows the true state, then until nothing more comes
settle() {
    until_true 900 is_state "door_$1" "$(true_state "$1")" || return 1
    until_true 900 is_quiet || {
        echo "these still come:" && tail -n 5 "$witnessed"
        return 1
    }
}

# whether the witness gets nothing for a second
is_quiet() {
    local before
    before=$(wc -l <"$witnessed")
    sleep 1
    [ "$(wc -l <"$witnessed")" = "$before" ]
}

# move LINE up|down: and wait until the witness has it
move() {
    gpio-set "$1" "$2"
    settle "$1"
}

# type_it FILE: as the user pi, who may not look into /host, and up to the first command that fails
type_it() {
    install -m 644 "$1" /tmp/typed
    su - pi -c "bash -e /tmp/typed" </dev/null
}
