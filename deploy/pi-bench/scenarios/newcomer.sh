# shellcheck shell=bash disable=SC1090,SC1091,SC2034,SC2154
# Somebody follows docs/install.md: what stands in its blocks is typed as it stands, up to the package; then switches off.
. /host/lib.sh
useradd --create-home --shell /bin/bash --groups sudo,adm,gpio pi || exit 1
echo 'pi ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/010_pi-nopasswd
cp /host/reedgate_*_all.deb /home/pi/
# what was downloaded with it: the sums of all files of the release, of which one is here
(cd /home/pi && sha256sum reedgate_*_all.deb >SHA256SUMS && printf '%064d  reedgate-0.tar.gz\n' 0 >>SHA256SUMS) || exit 1

for block in /host/blocks/*; do
    typed=/host/typed/${block##*/}
    mv "$block" "$typed"
    echo "--- $(cat "$typed")"
    type_it "$typed" || exit 1
    # what is installed is there after the next start, too
    if grep -q 'apt install' "$typed"; then
        sync
        echo 0 >/host/code
        systemctl poweroff
        sleep 600
    fi
done
exit 1
