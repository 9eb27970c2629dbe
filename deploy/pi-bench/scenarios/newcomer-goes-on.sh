# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# After switching on again: the rest of docs/install.md, with a person at the door; then without a broker, until the power goes.
. /host/lib.sh

# answer WORDS ANSWER: waits until setup asks for something with these words that it has not asked for before, and types
answer() {
    until_true 900 asked "$1" || return 1
    seen=$(stat -c %s /host/setup.log)
    printf '%s\r' "$2" >&7
    answers=$((answers + 1))
}

asked() {
    tail -c +$((seen + 1)) /host/setup.log | grep -q -- "$1"
}

# a person at the terminal: Enter wherever that will do, the door opened and closed when it is asked for, a phone later
setup_at_a_terminal() {
    local seen=0 answers=0 setup
    mkfifo /run/bench/keys && : >/host/setup.log && : >/run/bench/shut || return 1
    exec 7<>/run/bench/keys
    # the door is shut. A simulated line goes up when it is requested with a pull-up, whatever held it down
    while [ -e /run/bench/shut ]; do
        gpio-set 17 down
        sleep 0.1
    done &
    # shellcheck disable=SC2094 # the log is written by script alone
    su - pi -c "TERM=xterm script -qefc 'stty cols 80 rows 24; sudo reedgate setup' /dev/null" </run/bench/keys >/host/setup.log 2>&1 &
    setup=$!
    answer 'Which one? 1 or 2' '' || return 1
    until_true 900 asked 'Open a door now' || return 1
    rm /run/bench/shut
    sleep 3
    gpio-set 17 up
    until_true 900 asked 'GPIO17 (pin 11) moved. Close the door now' || return 1
    sleep 3
    gpio-set 17 down
    answer 'What is this door called' '' || return 1
    until_true 900 asked 'Open the next door now' || return 1
    sleep 3
    answer 'Open the next door now' '' || return 1
    answer 'Which one? 1 to 4' 4 || return 1
    answer 'Do it' '' || return 1
    answer 'Send a test alarm' '' || return 1
    wait "$setup" || return 1
    grep -q 'The broker has acknowledged a test alarm' /host/setup.log || return 1
    echo "$answers" >/host/answers
    ((answers <= 12))
}

for block in /host/blocks/*; do
    echo "--- $(cat "$block")"
    # who reads the log finds "connected" in it before going on
    if grep -q journalctl "$block"; then until_true 900 is_told "broker connected" || exit 1; fi
    if grep -q 'reedgate watch' "$block"; then
        # the door is shut, and opened while the subscriber looks on
        gpio-set 17 down
        until_true 900 is_told "front_door closed; broker connected; 0 waiting" || exit 1
        type_it "$block" >/host/watch.log 2>&1 &
        until_true 900 grep -q 'home/front_door.*CLOSED' /host/watch.log || exit 1
        gpio-set 17 up
        until_true 900 grep -q 'home/front_door.*OPEN' /host/watch.log || exit 1
        until_true 900 grep -q 'Front door opened' /host/watch.log || exit 1
        cat /host/watch.log
        # shellcheck disable=SC2046 # one number each
        kill $(pgrep -u root -f 'reedgate.* watch ')
    elif grep -qx 'sudo reedgate setup' "$block"; then
        setup_at_a_terminal || exit 1
    else
        type_it "$block" || exit 1
    fi
    mv "$block" /host/typed/
done

reedgate-broker add-gateway bench >/dev/null && reedgate-broker add-phone witness >/dev/null && start_witness || exit 1
mark before
cp "$witnessed" /host/
systemctl stop mosquitto
for _ in 1 2 3; do
    gpio-set 17 down
    until_true 300 is_told "front_door closed" || exit 1
    gpio-set 17 up
    until_true 300 is_told "front_door open" || exit 1
done
# what is in the store's log is on disk
reedgate log >/host/log || exit 1
show StatusText
: >/host/cut
sleep 600
