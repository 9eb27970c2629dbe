# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# The folders for temporary files are mounted noexec, as careful people do: nothing of it matters.
systemctl stop reedgate
mount -t tmpfs -o noexec,mode=1777 tmpfs /tmp
mount -t tmpfs -o noexec,mode=1777 tmpfs /var/tmp
mount --bind /var/lib/reedgate /var/lib/reedgate
mount -o remount,bind,noexec /var/lib/reedgate
mark begin-noexec
systemctl start reedgate
until_true 600 is_told "door_17 open; broker connected; 0 waiting"
grep -c '/reedgate/native/.*\.so' "/proc/$(show MainPID)/maps" >/host/native
grep " /var/lib/reedgate .*noexec" "/proc/$(show MainPID)/mounts" >/host/noexec
settle 17
move 17 down
mark end-noexec
systemctl stop reedgate
find /tmp /var/tmp /var/lib/reedgate -name '*.so' >/host/left
umount -l /tmp /var/tmp /var/lib/reedgate
systemctl start reedgate
until_true 600 is_told "broker connected; 0 waiting"
