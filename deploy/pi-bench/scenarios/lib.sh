# Sourced by the scenarios, inside the guest. What they find out goes to /host, where check looks at it.
#
# In counted time the guest's clock runs on while it waits for a disk of the host, and the faster the slower that is. So what
# is written lies in memory, but where the disk is what the scenario is about, and what is read was read before.

reedgate=/opt/reedgate/bin/reedgate
witnessed=/run/bench/witness.jsonl
mkdir -p /run/bench
trap 'find /run/bench -maxdepth 1 -type f -exec cp {} /host/ \;' EXIT

# the program as it is installed, run by a user of its own who is in group gpio
install_program() {
    mount -t tmpfs tmpfs /opt
    cp -r /host/reedgate /opt/
    id reedgate >/dev/null 2>&1 || useradd --system --groups gpio --home-dir /var/lib/reedgate --shell /usr/sbin/nologin reedgate
    install -d -o reedgate -g reedgate -m 700 /var/lib/reedgate
    find -L /usr/lib/jvm /usr/lib/aarch64-linux-gnu -type f -exec cat {} + >/dev/null
}

# what the program keeps lies in memory, too
keep_nothing() {
    mount -t tmpfs -o uid=reedgate,gid=reedgate,mode=700 tmpfs /var/lib/reedgate
}

# a broker that keeps its sessions on disk
start_broker() {
    install -d /var/lib/bench
    mount -t tmpfs -o uid=mosquitto,mode=700 tmpfs /var/lib/bench
    cat >/var/lib/bench/mosquitto.conf <<'CONF'
listener 1883 127.0.0.1
allow_anonymous true
persistence true
persistence_location /var/lib/bench/
autosave_interval 5
max_queued_messages 0
CONF
    mosquitto -c /var/lib/bench/mosquitto.conf >/run/bench/broker.log 2>&1 &
    broker=$!
    until_true 200 mosquitto_pub -V 5 -t bench/up -m up
}

# a subscriber whose session the broker keeps, and who writes down all it gets
start_witness() {
    stdbuf -oL mosquitto_sub -V 5 -c -i witness -x 604800 -q 1 -t 'reedgate/#' -t 'bench/#' -F '%j' >>"$witnessed" &
    witness=$!
    until_true 200 is_heard
    mark witness
}

# a message before the subscription is lost
is_heard() {
    mosquitto_pub -V 5 -q 1 -t bench/hello -m hello
    sleep 1
    [ -s "$witnessed" ]
}

# configure LINE...: a configuration with a door on each of the given lines; further settings on standard input
configure() {
    local line
    {
        printf 'gateway: {id: home}\nbroker: {url: "mqtt://localhost:1883"}\n'
        printf 'limits: {edges_per_minute: 100000, changes_per_minute: 600}\n'
        cat
        printf 'sensors:\n'
        for line in "$@"; do
            printf '  door_%s: {line: %s}\n' "$line" "$line"
        done
    } >/etc/reedgate.yaml
}

as_reedgate() (
    exec setpriv --reuid reedgate --regid reedgate --init-groups "$@"
)

# exec, or the shell would take the signals that are meant for the program
start_gateway() {
    (exec setpriv --reuid reedgate --regid reedgate --init-groups "$reedgate" run -c /etc/reedgate.yaml) \
        >>/run/bench/gateway.log 2>&1 &
    gateway=$!
}

# 143 is how a Java program ends on SIGTERM
stop_gateway() {
    kill "$gateway"
    wait "$gateway" || [ $? = 143 ]
}

# mark TEXT: a message for the witness, once it has all that was sent before; waits until the witness has it
mark() {
    mosquitto_pub -V 5 -q 1 -t bench/mark -m "$1"
    until_true 600 grep -q "\"topic\":\"bench/mark\".*\"payload\":\"$1\"" "$witnessed"
}

# until_true TENTHS COMMAND...: repeats it until it succeeds, for so many tenths of a second at most
until_true() {
    local left=$1
    shift
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        if [ $left -le 0 ]; then
            echo "not in time: $*"
            return 1
        fi
        sleep 0.1
    done
}

# state SENSOR: the last one the witness got
state() {
    grep "\"topic\":\"reedgate/home/$1/state\"" "$witnessed" | tail -n 1 | sed 's/.*"payload":"\([a-z]*\)".*/\1/'
}

is_state() {
    [ "$(state "$1")" = "$2" ]
}

# the state that a door on this line has to have
true_state() {
    case $(cat "/run/bench/chip/sim_gpio$1/pull") in pull-up) echo open ;; *) echo closed ;; esac
}

# settle LINE: waits until the witness knows the true state, then until nothing more comes
settle() {
    local before
    until_true 300 is_state "door_$1" "$(true_state "$1")"
    while :; do
        before=$(wc -l <"$witnessed")
        sleep 1
        [ "$(wc -l <"$witnessed")" = "$before" ] && break
    done
}

# clean moves by hand: move LINE up|down
move() {
    gpio-set "$1" "$2"
    settle "$1"
}
