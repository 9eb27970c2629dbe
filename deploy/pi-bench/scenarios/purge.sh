# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Purged while it runs: no process, no user, no file is left but what the broker has of its own.
pid=$(show MainPID)
dpkg --purge reedgate
if kill -0 "$pid" 2>/dev/null; then false; fi
{
    getent passwd reedgate || true
    getent group reedgate || true
    find / -xdev \( -path /host -o -path /proc -o -path /run -o -path /sys -o -path /tmp -o -path /etc/mosquitto -o -path /var/log \
        -o -path /var/lib/mosquitto \) -prune -o -name '*reedgate*' ! -name '*reedgate-broker*' -print
    dpkg-query -W -f '${Package}\n' reedgate 2>/dev/null || true
    systemctl cat reedgate.service 2>/dev/null || true
} >/host/left-behind
