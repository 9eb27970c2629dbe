# Without a broker: the door moves, then the power goes.
. /host/lib.sh
install_program
configure 17 </dev/null
start_gateway
until_true 600 grep -q 'gateway home started' /run/bench/gateway.log
sleep 3
gpio-drive 17 edges 40 400000 0 >/run/bench/edges.log
# what was recorded before that is on disk
sleep 3
cp /run/bench/*.log /host/
: >/host/cut
sleep 600
