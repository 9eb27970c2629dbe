# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# The viewer: with it reedgate watch, publish and doctor log in beside the gateway. The user name is the client id here, so each of
# the three has a user name of its own: otherwise one would push out another. They share a password.

readonly VIEWERS=(viewer viewer-publish viewer-doctor) VIEWER_LINES='^viewer(-publish|-doctor)?:'

is_second_of_viewer() {
    [[ ${kind[$1]} == viewer && $1 != viewer ]]
}

# what setup makes of it; an account that has one of these names for something else keeps it
set_viewer() {
    local user
    viewer=${given_viewer:-$viewer}
    if [[ $viewer == no ]]; then
        [[ ${kind[viewer]:-} != viewer ]] || drop_viewer
        return
    fi
    for user in "${VIEWERS[@]}"; do
        if [[ -n ${kind[$user]:-} && ${kind[$user]} != viewer ]]; then
            note "no viewer account: '$user' is the account of a ${kind[$user]} already"
            return
        fi
    done
    for user in "${VIEWERS[@]}"; do
        add "$user" viewer
    done
}

# the password goes once everything else is done: whatever refuses the rest leaves the account as it is
drop_viewer() {
    local user
    for user in "${VIEWERS[@]}"; do
        unset "kind[$user]" "scope[$user]"
    done
    viewer=no is_viewer_dropped=yes
}

forget_viewer() {
    [[ $is_viewer_dropped == yes ]] || return 0
    take_back_viewer
    rm -f "$home/credentials/viewer.password" "$home/handed-over"
}

# viewer_access USER DISCOVERY: each may do what its command does, nothing else
viewer_access() {
    local topic
    case $1 in
        viewer)
            for topic in availability +/state +/detail event alarm panel/reply "diagnostics/#"; do
                say "topic read $prefix/+/$topic"
            done
            say "topic read $2/#"
            ;;
        viewer-publish)
            say "topic write $prefix/+/panel/set"
            say "topic write $prefix/+/diagnostics/test/set"
            ;;
        viewer-doctor) say "topic readwrite $prefix/+/diagnostics/doctor" ;;
    esac
}

# where the gateway's commands look for the password, if the gateway is installed on this machine
viewer_place() {
    printf '%s' "$root/etc/reedgate/credentials/viewer.password"
}

hand_over_viewer() {
    local place owner=root:reedgate mode=640
    place=$(viewer_place)
    [[ ${kind[viewer]:-} == viewer && -d ${place%/*} && -s $home/credentials/viewer.password ]] || return 0
    getent group reedgate >/dev/null || owner=root:root mode=600
    if [[ -e $place ]] && ! is_handed_over "$place" && ! cmp -s "$place" "$home/credentials/viewer.password"; then
        note "$place has another password and stays: reedgate-broker show viewer says how to use this broker's"
        return 0
    fi
    put "$place" "$mode" "$owner" <"$home/credentials/viewer.password"
    sha256sum <"$place" >"$home/handed-over"
}

# the file as it was handed over: another broker's password stays
is_handed_over() {
    [[ -e $home/handed-over ]] && [[ $(sha256sum <"$1") == "$(cat "$home/handed-over")" ]]
}

take_back_viewer() {
    local place
    place=$(viewer_place)
    if [[ -e $place ]] && is_handed_over "$place"; then
        rm -f "$place"
    fi
}

show_viewer() {
    local file=$home/credentials/viewer.password place=/etc/reedgate/credentials/viewer.password
    cat <<TEXT

Viewer: reedgate watch, publish and doctor log in with it, beside the gateway
TEXT
    if cmp -s "$(viewer_place)" "$file"; then
        say "    on this machine    nothing to do: the password is in $place"
    else
        say "    on this machine    sudo install -m 640 -g reedgate $file $place"
    fi
    say "    or, on another Pi, typed there:"
    say "    ssh ADMIN@$(first_name) sudo cat $file | sudo install -m 640 -g reedgate /dev/stdin $place"
}
