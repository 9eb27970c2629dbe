# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# An hour in which nothing happens; how much memory it holds then.
settle 17
sleep 3600
{
    echo "quiet-rss $(awk '/^VmRSS/ { print $2 }' "/proc/$(show MainPID)/status")"
    echo "quiet-anonymous $(awk '/^RssAnon/ { print $2 }' "/proc/$(show MainPID)/status")"
    echo "quiet-cpu-ns $(show CPUUsageNSec)"
} >>/host/measured
move 17 up
mark quiet
