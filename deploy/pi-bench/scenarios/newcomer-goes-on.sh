# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# After switching on again: the rest of docs/install.md, with a person at the door; then without a broker, until the power goes.
. /host/lib.sh

# answer WORDS ANSWER: waits until setup asks for something with these words that it has not asked for before, and types
answer() {
    until_true 900 asked "$1" || { tail -c 3000 /host/setup.log; return 1; }
    seen=$(stat -c %s /host/setup.log)
    printf '%s\r' "$2" >&7
    answers=$((answers + 1))
}

asked() {
    tail -c +$((seen + 1)) /host/setup.log | grep -q -- "$1"
}

# ntfy.sh is this machine, which trusts its certificate. What is pushed there goes to /host/pushes.jsonl
start_push_server() {
    local folder=/run/bench/push
    mkdir $folder && : >/host/pushes.jsonl || return 1
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=ntfy.sh \
        -addext subjectAltName=DNS:ntfy.sh -keyout $folder/key.pem -out /usr/local/share/ca-certificates/push.crt &&
        openssl pkcs12 -export -passout pass:bench -inkey $folder/key.pem -in /usr/local/share/ca-certificates/push.crt \
            -out $folder/keys.p12 && update-ca-certificates || return 1
    echo '127.0.0.1 ntfy.sh' >>/etc/hosts
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '/usr/share/reedgate/lib/*:/host/bench.jar' io.github.reedgate.bench.PushServer 443 \
        $folder/keys.p12 /host/pushes.jsonl >$folder/log 2>&1 &
    until_true 900 grep -q 'takes pushes' $folder/log || { cat $folder/log; return 1; }
}

# a subscriber with the account that setup makes for those who look on, from the moment there is one; ends with the first alarm line
await_alarm_line() {
    # shellcheck disable=SC2046 # words
    until [ -s /etc/mosquitto/reedgate/credentials/viewer.password ] &&
        mosquitto_sub $(tls viewer) -q 1 -t reedgate/home/alarm -C 1 >/host/alarm-line 2>>/run/bench/alarm.log; do
        sleep 1
    done
}

# a person at the terminal: Enter wherever that will do, the door opened and closed when it is asked for, ntfy on the phone
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
    # who sees that nothing happens presses Enter again
    until_true 600 asked 'Which one? 1 to 4' || { printf '\r' >&7; answers=$((answers + 1)); }
    answer 'Which one? 1 to 4' '' || return 1
    answer 'Press Enter when the app has subscribed' '' || return 1
    until_true 900 asked 'Did the phone ring' || return 1
    grep -q 'A test from reedgate' /host/pushes.jsonl || return 1
    answer 'Did the phone ring' '' || return 1
    answer 'Which one? 1 to 4' '' || return 1
    answer 'Do it' '' || return 1
    answer 'Send a test alarm' '' || return 1
    wait "$setup" || return 1
    grep -q 'The broker has acknowledged a test alarm' /host/setup.log || return 1
    until_true 900 grep -q . /host/alarm-line || return 1
    until_true 900 grep -q 'Test alarm' /host/pushes.jsonl || return 1
    echo "$answers" >/host/answers
    ((answers <= 12))
}

start_push_server || exit 1
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
        await_alarm_line &
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
