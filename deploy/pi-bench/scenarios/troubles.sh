# Everything that is wrong around a good chip: the reason and the exit code of each go to /host/NAME.
. /host/lib.sh
install_program
configure 17 </dev/null
chip=$(cat /host/gpio)

# try NAME COMMAND...: the program has to end by itself
try() {
    local name=$1
    shift
    "$@" timeout 120 "$reedgate" run -c /etc/reedgate.yaml >"/host/$name" 2>&1
    echo "exit code $?" >>"/host/$name"
}

try group setpriv --reuid reedgate --regid reedgate --clear-groups
chown root:root "$chip"
chmod 600 "$chip"
try rule as_reedgate
chgrp gpio "$chip"
chmod 660 "$chip"

# the state folder and the temporary one can't hold a library
mount -t tmpfs -o noexec,uid=reedgate,mode=700 tmpfs /var/lib/reedgate
mount -t tmpfs -o noexec,mode=1777 tmpfs /tmp
try noexec as_reedgate
umount /var/lib/reedgate

# /tmp alone does not matter; the line is in use, until it is free
gpiomon -c "$chip" 17 >/host/gpiomon.log 2>&1 &
holder=$!
until_true 100 sh -c "gpioinfo -c $chip 17 | grep -q gpiomon"
start_broker
start_witness
start_gateway
until_true 600 grep -q sensor_fault "$witnessed"
mark busy
kill $holder
until_true 200 is_state door_17 open
mark free
gpioinfo -c "$chip" 17 >/host/consumer
gpio-set 17 down
settle 17
# a library unpacked for a moment leaves nothing behind, also if the process is killed
kill -9 $gateway
find /tmp /var/lib/reedgate -name '*.so' >/host/left
