# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# The power is back, and with it the broker: all that waited is sent, without a hand.
. /host/lib.sh
cp /host/witness.jsonl "$witnessed"
until_true 900 publish up && start_witness || exit 1
until_true 900 is_told "front_door open; broker connected; 0 waiting" || exit 1
mark back
cp "$witnessed" /host/
journal >/host/gateway.log
