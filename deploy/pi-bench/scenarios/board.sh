# The program on a board of another name and with another label: one move.
. /host/lib.sh
install_program
keep_nothing
configure 17 </dev/null
start_broker
start_witness
start_gateway
until_true 600 is_state door_17 open
gpio-set 17 down
settle 17
until_true 1 is_state door_17 closed || exit 1
stop_gateway
