# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# A hundred starts of the gateway with twelve lines each, in one process and without a broker: a start by systemd takes half
# a minute here. Pi4J's inputs are made anew each time, and each may be deaf from then on.
systemctl stop reedgate
native=/usr/share/reedgate/native
mkdir -p /run/bench/many
java -XX:+UseSerialGC -Xmx96m -XX:TieredStopAtLevel=1 "-Dorg.sqlite.lib.path=$native" "-Dpi4j.library.path=$native" \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp '/usr/share/reedgate/lib/*:/host/bench.jar' io.github.reedgate.bench.Main \
    starts "$(cat /host/many-starts)" /run/bench/chip /run/bench/many 4 5 6 12 13 16 17 22 23 24 25 27 >/run/bench/late.log
systemctl start reedgate
until_true 600 is_told "broker connected; 0 waiting"
