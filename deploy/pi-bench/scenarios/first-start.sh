# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# The service is started for the first time: who runs, who holds the line, a door that is shut; what was measured goes to
# /host/measured.
systemctl start reedgate
until_true 600 is_state door_17 open # the pull-up of an open line
move 17 down
until_true 600 is_told "broker connected; 0 waiting"
gpioinfo -c "$(cat /host/gpio)" 17 >/host/consumer
ps -o user:20=,group:20= -p "$(show MainPID)" >/host/owner
{
    echo "begun $(systemctl show -p InactiveExitTimestamp --value --timestamp=us+utc reedgate)"
    echo "rss $(awk '/^VmRSS/ { print $2 }' "/proc/$(show MainPID)/status")"
} >/host/measured
mark started
