# The real program on a line of the simulated chip: moves of every kind. Each phase ends with the line's true state.
. /host/lib.sh
install_program
keep_nothing
configure 17 </dev/null
start_broker
start_witness
start_gateway
until_true 600 is_state door_17 open # the pull-up of an open line
gpio-set 17 down
settle 17

# phase NAME MOVES COMMAND...: drives line 17 with gpio-drive
phase() {
    local name=$1 moves=$2
    shift 2
    mark "begin-$name"
    gpio-drive 17 "$@" >"/run/bench/edges-$name" || exit 1
    settle 17
    echo "$name $moves $(true_state 17)" >>/host/phases
    mark "end-$name"
    echo "$name: $(cut -d' ' -f1 /proc/uptime) s"
}

MOVES=${MOVES:-1000}
phase clean 50 edges 50 400000 1
# a reed contact: 9 edges within 4 ms, then 300 ms of rest
phase bounces "$MOVES" bounce "$MOVES" 9 4000 300000
# faster than the queue of the kernel is emptied
phase rattle 20 bounce 20 41 2000 400000
# far beyond that queue
phase storm 10 bounce 10 2001 20000 500000
# for longer than the debouncer waits at most: what happened in between is a matter of opinion, the end is not
phase unrest any bounce 3 1001 900000 500000
stop_gateway
