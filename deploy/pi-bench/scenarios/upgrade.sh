# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Ten moves without a broker; a newer package is installed before there is one again.
settle 17
move 17 down
mark begin-upgrade
systemctl stop mosquitto
for _ in 1 2 3 4 5; do
    gpio-set 17 up
    until_true 300 is_told "door_17 open"
    gpio-set 17 down
    until_true 300 is_told "door_17 closed"
done
show StatusText
sum=$(sha256sum <"$settings")
before=$(show MainPID)
dpkg -i --force-confold /host/newer.deb
[ "$(show MainPID)" != "$before" ]
[ "$(sha256sum <"$settings")" = "$sum" ]
dpkg-query -W -f '${Version}\n' reedgate >/host/version
systemctl start mosquitto
until_true 900 is_told "broker connected; 0 waiting"
settle 17
mark end-upgrade
