# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Stopped as a whole: systemd misses it, and starts it again. The door moves in between.
settle 17
move 17 down
before=$(show NRestarts)
mark hung
kill -STOP "$(show MainPID)"
gpio-set 17 up
until_true 1200 restarts_exceed "$before"
until_true 900 is_told "broker connected; 0 waiting"
settle 17
mark restarted
journalctl -u reedgate --no-pager | grep -c 'Watchdog timeout' >/host/watchdog
