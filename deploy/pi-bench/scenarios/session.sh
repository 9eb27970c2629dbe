# shellcheck shell=bash disable=SC1090,SC2013,SC1091,SC2034,SC2154
# One boot, many scenarios: runs those named in /host/parts one after the other, each with its result in /host/NAME.result.
. /host/lib.sh

keep() {
    cp /run/bench/*.jsonl /run/bench/*.log /host/ 2>/dev/null
}

# takes as long here as a dozen moves
keep_journal() {
    journal >/host/gateway.log 2>&1
}

# what comes after the installation needs a broker, and somebody who listens
prepare() {
    if ! { start_broker && start_witness && configure 17; }; then
        keep
        keep_journal
        exit 1
    fi
}

prepared=no
for part in $(cat /host/parts); do
    if [ "$part" != install ] && [ $prepared = no ]; then
        prepare
        prepared=yes
    fi
    from=$(cut -d. -f1 /proc/uptime)
    # a part that gives up leaves the others a chance
    (
        set -e
        . "/host/$part.sh"
    ) >"/run/bench/$part.log" 2>&1
    # not with "&&": that would switch "set -e" off
    # shellcheck disable=SC2181
    if [ $? = 0 ]; then result=ok; else result=failed; fi
    keep
    if [ $result = failed ]; then keep_journal; fi
    echo "$result" >"/host/$part.result"
    echo "$part: $result, $(($(cut -d. -f1 /proc/uptime) - from)) s"
done
keep_journal || true
