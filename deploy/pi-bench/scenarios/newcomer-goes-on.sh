# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# After switching on again: the rest of docs/install.md, with a person at the door; then without a broker, until the power goes.
. /host/lib.sh
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
