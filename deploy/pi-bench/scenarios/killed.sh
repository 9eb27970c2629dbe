# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Killed three times, each time right after the witness has got a move.
settle 17
for i in 1 2 3; do
    before=$(show NRestarts)
    move 17 down
    gpio-set 17 up
    until_true 300 is_state door_17 open
    kill -9 "$(show MainPID)"
    until_true 900 restarts_exceed "$before"
    until_true 900 is_told "broker connected; 0 waiting"
    settle 17
    mark "killed-$i"
done
