# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Moves of every kind on line 17. Each phase ends with the line's true state.

# phase NAME MOVES COMMAND...: drives line 17 with gpio-drive
phase() {
    local name=$1 moves=$2
    shift 2
    mark "begin-$name"
    [ -z "$stopped" ] || kill -STOP "$stopped"
    ${first:-} gpio-drive 17 "$@" >/dev/null
    # the service delivers what it missed as slowly as it happened
    if [ -n "$stopped" ]; then
        kill -CONT "$stopped"
        sleep 3
    fi
    settle 17
    echo "$name $moves $(true_state 17)" >>/run/bench/phases.log
    mark "end-$name"
}

stopped=
settle 17
phase clean 50 edges 50 400000 1
# the service is stopped meanwhile, as in a long garbage collection
stopped=$(show MainPID)
phase stopped 4 edges 4 400000 1
phase stopped-bounces 2 bounce 2 7 4000 400000
# a pulse of 3 ms is no move
phase stopped-pulses 0 bounce 3 2 3000 400000
stopped=
# a reed contact: 9 edges within 4 ms, then 300 ms of rest
phase bounces 1000 bounce 1000 9 4000 300000
# faster than the queue of the kernel is emptied
phase rattle 20 bounce 20 41 2000 400000
# far beyond that queue, and ahead of every other process: a storm that is kept from the only processor for longer than a
# contact takes to settle is no storm any more, but a door that moves
first="chrt -f 10"
phase storm 10 bounce 10 2001 20000 500000
first=
# for longer than the debouncer waits at most: what happened in between is a matter of opinion, the end is not
phase unrest any bounce 3 1001 900000 500000
