# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Many starts with twelve lines each: Pi4J's inputs may be deaf from the start, each for itself. Every door then opens once.
LINES="4 5 6 12 13 16 17 22 23 24 25 27"

all_states() {
    newest | sed -n 's|.*"topic":"reedgate/home/\(door_[0-9]*\)/state".*"payload":"\([a-z]*\)".*|\1 \2|p' |
        awk -v state="$1" '{ last[$1] = $2 } END { for (door in last) if (last[door] == state) n++; exit n != 12 }'
}

systemctl stop reedgate
# shellcheck disable=SC2086 # a list of words
configure $LINES
for start in $(seq "$(cat /host/starts)"); do
    systemctl start reedgate
    until_true 900 all_states open
    # a line that is requested anew reads high: the doors are shut while the gateway looks on
    for line in $LINES; do gpio-set "$line" down; done
    until_true 300 all_states closed
    mark "begin-$start"
    for line in $LINES; do
        gpio-drive "$line" edges 1 1000 1 | sed "s/^EDGE/$start $line/" >>/run/bench/openings.log
    done
    until_true 300 all_states open
    # shut before the end, so that the next start's open is its own
    for line in $LINES; do gpio-set "$line" down; done
    until_true 300 all_states closed
    mark "end-$start"
    systemctl stop reedgate
done
configure 17
systemctl start reedgate
until_true 600 is_told "broker connected; 0 waiting"
