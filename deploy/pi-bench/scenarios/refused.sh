# The program where it can't sense: it ends with a reason.
. /host/lib.sh
install_program
keep_nothing
configure 17 </dev/null
as_reedgate timeout 120 "$reedgate" run -c /etc/reedgate.yaml >/host/refusal 2>&1
echo "exit code $?" >>/host/refusal
