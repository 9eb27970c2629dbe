# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# The package is installed with dpkg, under systemd: not enabled, not running.
cp /host/reedgate.deb /run/bench/
dpkg -i /run/bench/reedgate.deb
rm /run/bench/reedgate.deb
[ "$(systemctl is-enabled reedgate)" = disabled ]
[ "$(systemctl is-active reedgate)" = inactive ]
[ -s /var/cache/reedgate/reedgate.jsa ]
reedgate --version
