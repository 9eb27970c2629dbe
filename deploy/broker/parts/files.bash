# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# Writing files only if they change, and looking out for what is not ours.

changed=()

# put FILE MODE OWNER: standard input becomes the file, if it is not so already
put() {
    local file=$1 mode=$2 owner=$3 text
    text=$(cat && printf x)
    if [[ $dry == yes ]]; then
        printf -- '--- %s (mode %s, %s)\n%s\n' "$file" "$mode" "$owner" "${text%x}"
        return
    fi
    if [[ ! -f $file ]] || ! printf '%s' "${text%x}" | cmp -s - "$file"; then
        printf '%s' "${text%x}" >"$file.new"
        own "$file.new" "$mode" "$owner"
        mv "$file.new" "$file"
        changed+=("$file")
    else
        own "$file" "$mode" "$owner"
    fi
}

own() {
    local file=$1 mode=$2 owner=$3
    if [[ $(stat -c %a "$file") != "$mode" ]]; then
        chmod "$mode" "$file"
    fi
    if ((EUID == 0)) && [[ $(stat -c %U:%G "$file") != "$owner" ]]; then
        chown "$owner" "$file"
    fi
}

folder() {
    if [[ $dry == no ]]; then
        mkdir -p "$1"
        own "$1" "$2" root:root
    fi
}

prepare() {
    if [[ $dry == no ]]; then
        ((EUID == 0)) || [[ -n $root ]] || fail 1 "only root may set up the broker" "sudo reedgate-broker $command"
        local program
        for program in mosquitto:mosquitto mosquitto_passwd:mosquitto openssl:openssl flock:util-linux; do
            PATH=$PATH:/usr/sbin type -P "${program%:*}" >/dev/null ||
                fail 1 "${program%:*} is not installed" "apt install ${program#*:}"
        done
        [[ -f $main ]] || fail 1 "there is no $main" "apt install mosquitto"
        (($(date +%Y) >= 2022)) || fail 1 "the clock says $(date +%F): certificates made now would be wrong" "set the clock: timedatectl"
        folder "$home" 755
        folder "$home/credentials" 700
        exec 9>>"$home/lock"
        flock -w 30 9 || fail 1 "another reedgate-broker is at work" "wait until it has ended"
    fi
    check_conflicts
    if [[ -f $conf ]] && ! from_here <"$conf"; then
        fail 3 "$conf was made or changed by hand" "keep your lines in a file of their own beside it, remove this one (rm $conf) and run this again"
    fi
}

# the configuration begins with the checksum of the rest, so that a change by hand is seen and not overwritten
from_here() {
    local first rest
    IFS= read -r first && rest=$(cat) && [[ $first == "# checksum $(checksum <<<"$rest")" ]]
}

checksum() {
    sha256sum | cut -d ' ' -f 1
}

# settings that apply to the whole broker, or open other doors to it
readonly OURS='listener|port|bind_address|per_listener_settings|allow_anonymous|listener_allow_anonymous|bind_interface|password_file|psk_file|acl_file|plugin|plugin_load|plugin_use|global_plugin|auth_plugin|clientid_prefixes|use_username_as_clientid|cafile|capath|certfile|keyfile|require_certificate|autosave_interval|autosave_on_changes|persistent_client_expiration|max_packet_size|message_size_limit|max_queued_messages|max_queued_bytes|max_keepalive|sys_interval'

other_files() {
    local found=()
    [[ -f $main ]] && found+=("$main")
    for file in "$root"/etc/mosquitto/conf.d/*.conf; do
        [[ -f $file && $file != "$conf" ]] && found+=("$file")
    done
    ((${#found[@]} == 0)) || printf '%s\n' "${found[@]}"
}

in_others() {
    local file
    while IFS= read -r file; do
        grep -nHE "^[[:space:]]*($1)([[:space:]]|\$)" "$file" || true
    done < <(other_files)
}

check_conflicts() {
    local found
    found=$(in_others "$OURS"; in_others 'persistence[[:space:]]+false')
    if [[ -n $found ]]; then
        note "another configuration of mosquitto is in the way:"
        printf '    %s\n' "${found//$'\n'/$'\n'    }" >&2
        fail 3 "nothing was changed, as this could open or close doors that are not from here" \
            "take these lines out and run this again; or leave them, and merge by hand what 'reedgate-broker setup --print --root DIR' prints for an empty folder DIR"
    fi
    if [[ -f $main ]] && ! grep -qE "^[[:space:]]*include_dir[[:space:]]+${conf%/*}/?[[:space:]]*\$" "$main"; then
        fail 3 "$main does not read ${conf%/*}" "add the line: include_dir ${conf%/*}"
    fi
}
