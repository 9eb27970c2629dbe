# Many starts with many lines: Pi4J's inputs may be deaf from the start, each for itself. Every door then opens once.
. /host/lib.sh
LINES="4 5 6 12 13 16 17 22 23 24 25 27"
install_program
keep_nothing
configure $LINES </dev/null
start_broker
start_witness

all_states() {
    local line
    for line in $LINES; do
        is_state "door_$line" "$1" || return 1
    done
}

STARTS=${STARTS:-25}
for start in $(seq "$STARTS"); do
    start_gateway
    until_true 600 all_states open
    # a line that is requested anew reads high: the doors are shut while the gateway looks on
    for line in $LINES; do gpio-set "$line" down; done
    until_true 100 all_states closed
    mark "begin-$start"
    for line in $LINES; do
        gpio-drive "$line" edges 1 1000 1 | sed "s/^EDGE/$start $line/" >>/host/openings
    done
    until_true 100 all_states open
    # shut before the end, so that the next start's open is its own
    for line in $LINES; do gpio-set "$line" down; done
    until_true 100 all_states closed
    mark "end-$start"
    stop_gateway
done
cut -d' ' -f1 /proc/uptime
