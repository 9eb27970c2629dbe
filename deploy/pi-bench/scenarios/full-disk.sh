# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# The state's folder is on a disk that is full, and mounted noexec: what moves then is told at once, and kept once there is
# room again. Then it is killed.
settle 17
mark begin-full
systemctl stop reedgate
cp -a /var/lib/reedgate /run/bench/state
mount -t tmpfs -o "noexec,size=8m,mode=700,uid=$(id -u reedgate),gid=$(id -g reedgate)" tmpfs /var/lib/reedgate
cp -a /run/bench/state/. /var/lib/reedgate/
systemctl start reedgate
until_true 600 is_state door_17 open
move 17 down
dd if=/dev/zero of=/var/lib/reedgate/filler bs=4096 2>/dev/null || true
mark filled
for _ in $(seq 50); do
    move 17 up
    move 17 down
    if newest | grep -q store_fault; then break; fi
done
move 17 up
move 17 down
mark told
rm /var/lib/reedgate/filler
until_true 900 sh -c "tail -n 1000 $witnessed | grep -q store_ok"
move 17 up
before=$(show NRestarts)
kill -9 "$(show MainPID)"
until_true 900 restarts_exceed "$before"
until_true 900 is_told "broker connected; 0 waiting"
settle 17
mark end-full
systemctl stop reedgate
cp -a /var/lib/reedgate/. /run/bench/state/
umount /var/lib/reedgate
cp -a /run/bench/state/. /var/lib/reedgate/
systemctl start reedgate
until_true 600 is_told "broker connected; 0 waiting"
