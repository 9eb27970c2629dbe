# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# A siren on line 24 and a status LED on line 25, as the kernel has their levels: an alarm, SIGKILL in it, an
# acknowledgement, a line that something else holds.
chip=$(cat /host/gpio)

is_level() {
    [ "$(cat "/run/bench/chip/sim_gpio$1/value")" = "$2" ]
}

# follow LINE HOW...: by a program that looks often and comes before all others. A flash is 100 or 200 ms short: who looked at it
# now and then, at about its own beat, could miss it for ever
follow() {
    chrt -f 10 gpio-drive "$@"
}

# blinks LINE: it goes on and off by itself
blinks() {
    follow "$1" changes 3 30000
}

# stays LINE LEVEL: it has it, and does not change within six seconds
stays() {
    follow "$1" stays "$2" 6000
}

told() {
    journal | grep -qF "$1"
}

settle 17
move 17 down
mark begin-outputs
systemctl stop reedgate
configure 17
cat >>"$settings" <<'END'
alarm: {home: {entry_delay: 0s}, siren_time: 1h}
outputs:
  siren: {type: siren, line: 24}
  status: {type: led, line: 25}
END
reedgate check >/host/outputs-check
systemctl start reedgate
until_true 900 is_told "broker connected; 0 waiting"
until_true 300 is_state door_17 open # a line that is requested anew
move 17 down
gpioinfo -c "$chip" 24 >/host/outputs-consumer
stays 24 0
blinks 25

reedgate arm home
until_true 300 stays 25 1
move 17 up
until_true 300 is_level 24 1
stays 24 1
blinks 25

before=$(show NRestarts)
kill -9 "$(show MainPID)"
until_true 900 restarts_exceed "$before"
until_true 900 is_level 24 1
stays 24 1
until_true 900 is_told "broker connected; 0 waiting"

reedgate ack
until_true 300 is_level 24 0
reedgate disarm
stays 24 0

systemctl stop reedgate
is_level 25 0
gpiomon -c "$chip" 24 >/dev/null 2>&1 &
holder=$!
until_true 300 sh -c "gpioinfo -c $chip 24 | grep -q gpiomon"
systemctl start reedgate
until_true 900 told "Output siren can't be switched: line 24 can't be opened: it is in use by 'gpiomon'"
kill $holder
until_true 1500 told "Output siren can be switched again"
until_true 900 is_told "broker connected; 0 waiting"
mark end-outputs

systemctl stop reedgate
configure 17
systemctl start reedgate
until_true 900 is_told "broker connected; 0 waiting"
move 17 down
