# shellcheck shell=bash disable=SC2034,SC2154 # one program in several files: see reedgate-broker
# An own authority and the certificate that it signs, or certificates that were given.

found_names() {
    local name all=()
    name=$(hostname -f 2>/dev/null || hostname)
    [[ $name == *.* && $name != localhost* ]] && all+=("$name")
    for name in $(hostname -I 2>/dev/null || true); do
        [[ $name != *:* ]] && all+=("$name")
    done
    all+=("$(hostname).local" "$(hostname)")
    printf '%s\n' "${all[@],,}"
}

# the first name stays first, none comes twice, and this machine is reached by its own names too
joined_names() {
    printf '%s\n' "$@" localhost 127.0.0.1 ::1 | awk '!seen[$0]++' | paste -sd ,
}

alternative_names() {
    local name list=()
    for name in ${names//,/ }; do
        if is_address "$name"; then list+=("IP:$name"); else list+=("DNS:$name"); fi
    done
    (IFS=, && printf '%s' "${list[*]}")
}

days_left() {
    local end
    end=$(openssl x509 -in "$1" -noout -enddate | cut -d = -f 2)
    echo $((($(date -d "$end" +%s) - $(date +%s)) / 86400))
}

public_key_matches() {
    [[ -s $1 && -s $2 ]] &&
        [[ $(openssl x509 -in "$1" -noout -pubkey 2>/dev/null) == "$(openssl pkey -in "$2" -pubout 2>/dev/null)" ]]
}

quietly() {
    local output
    output=$("$@" 2>&1) || fail 1 "$1 $2 failed: $output" "is openssl intact, and is there room on the disk?"
}

make_ca() {
    local name
    name="reedgate CA $(hostname) $(date +%F)"
    quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days "$CA_DAYS" \
        -keyout "$home/ca/ca.key.new" -out "$home/ca/ca.crt.new" -subj "/CN=${name:0:64}" -config <(
            printf '[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\nbasicConstraints=critical,CA:TRUE,pathlen:0\n'
            printf 'keyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n'
        )
    own "$home/ca/ca.key.new" 600 root:root
    mv "$home/ca/ca.key.new" "$home/ca/ca.key"
    mv "$home/ca/ca.crt.new" "$home/ca/ca.crt"
    changed+=("$home/ca/ca.key")
}

make_server_certificate() {
    local work=$home/ca/server days=$SERVER_DAYS left
    left=$(days_left "$home/ca/ca.crt")
    ((left > 1)) || fail 1 "the own authority has expired" "reedgate-broker renew --new-ca, then give its file to all clients"
    ((left >= days)) || days=$left
    quietly openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -keyout "$work.key" -out "$work.csr" \
        -subj "/CN=reedgate broker" -config <(printf '[req]\ndistinguished_name=dn\n[dn]\n')
    quietly openssl x509 -req -in "$work.csr" -CA "$home/ca/ca.crt" -CAkey "$home/ca/ca.key" -sha256 -days "$days" \
        -set_serial "0x$(openssl rand -hex 16)" -out "$work.crt" -extfile <(
            printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth\n'
            printf 'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\nsubjectAltName=%s\n' "$(alternative_names)"
        )
    put "$home/server.key" 640 root:mosquitto <"$work.key"
    put "$home/server.crt" 644 root:root <"$work.crt"
    rm -f "$work.key" "$work.csr" "$work.crt"
}

# own_certificates FORCE
own_certificates() {
    if [[ $dry == yes ]]; then
        say "--- own authority ($CA_DAYS days) and certificate ($SERVER_DAYS days) for: ${names//,/ }"
        say
        return
    fi
    folder "$home/ca" 700
    if [[ $new_ca == yes ]] || ! public_key_matches "$home/ca/ca.crt" "$home/ca/ca.key"; then
        make_ca
    fi
    put "$home/ca.crt" 644 root:root <"$home/ca/ca.crt"
    if [[ $1 == yes || $new_ca == yes ]] || ! public_key_matches "$home/server.crt" "$home/server.key" ||
        ! openssl verify -no_check_time -CAfile "$home/ca.crt" "$home/server.crt" >/dev/null 2>&1 ||
        (($(days_left "$home/server.crt") < DUE_DAYS)); then
        make_server_certificate
    fi
}

given_certificates() {
    [[ -n $key ]] || fail 2 "--certificate needs --key" "give the file with its key"
    openssl x509 -in "$certificate" -noout 2>/dev/null || fail 1 "$certificate holds no certificate" "a PEM file, the server's own certificate first"
    public_key_matches "$certificate" "$key" || fail 1 "the key $key is not that of $certificate" "give the two that belong together"
    openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null || fail 1 "$certificate has expired" "have it renewed"
    local first=${names%%,*} check=-checkhost
    ! is_address "$first" || check=-checkip
    openssl x509 -in "$certificate" -noout "$check" "$first" | grep -q 'does match' ||
        fail 1 "$certificate is not for $first" "give the name in it with --name"
    if [[ -n $ca ]]; then
        openssl verify -untrusted "$certificate" -CAfile "$ca" "$certificate" >/dev/null 2>&1 ||
            fail 1 "$certificate is not signed by $ca" "give the authority's file that belongs to it"
        put "$home/ca.crt" 644 root:root <"$ca"
    elif [[ $dry == no ]]; then
        rm -f "$home/ca.crt"
    fi
    [[ $dry == yes ]] || put "$home/server.key" 640 root:mosquitto <"$key"
    put "$home/server.crt" 644 root:root <"$certificate"
}
