# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# What is wrong around a good chip: told, and once it is mended the service goes on by itself.
chip=$(cat /host/gpio)
settle 17

# refused TEXT: the journal of this start says so; after the mending commands from standard input it senses
refused() {
    local mend since
    mend=$(cat)
    systemctl stop reedgate
    eval "$2"
    since=$(date +%s)
    sleep 1
    systemctl start --no-block reedgate
    until_true 900 told_since "$since" "$3"
    journalctl -u reedgate -o cat --no-pager --since "@$since" >"/host/refusal-$1"
    eval "$mend"
    until_true 900 is_told "broker connected; 0 waiting"
}

refused group "chgrp dialout $chip" "can't be opened by user reedgate: permission denied" <<<"chgrp gpio $chip"
refused rule "chown root:root $chip; chmod 600 $chip" "can't be opened by user reedgate: permission denied" \
    <<<"chgrp gpio $chip; chmod 660 $chip"

systemctl stop reedgate
gpiomon -c "$chip" 17 >/dev/null 2>&1 &
holder=$!
until_true 300 sh -c "gpioinfo -c $chip 17 | grep -q gpiomon"
mark begin-busy
systemctl start reedgate
until_true 900 grep -q "in use by 'gpiomon'" "$witnessed"
kill $holder
until_true 900 is_told "door_17 open"
settle 17
mark end-busy
move 17 down
