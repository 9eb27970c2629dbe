# After the power is back there is a broker, too: all that waited is sent.
. /host/lib.sh
install_program
start_broker
start_witness
start_gateway
until_true 600 is_state door_17 open
settle 17
mark back
stop_gateway
