"""Checks of certificates: expired, renewed, given."""

import glob
import ssl
import subprocess

from client import Client
from machine import Machine
from patience import wait_until


class CertificateChecks:
    """These restart the broker, so they come last."""

    def __init__(self, stage):
        self.stage = stage
        self.machine = stage.machine

    def trusted(self, machine=None):
        """Whether a phone trusts the broker; AssertionError if it fails for another reason."""
        machine = machine or self.machine
        try:
            Client(machine, "anna").close()
        except ssl.SSLCertVerificationError as refusal:
            return refusal.verify_message
        return "yes"

    @staticmethod
    def openssl(*arguments, folder):
        return subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout

    def lifetimes_and_names_are_what_phones_accept(self):
        text = self.openssl("x509", "-in", "server.crt", "-noout", "-text", folder=self.machine.home)
        for part in ("CA:FALSE", "TLS Web Server Authentication", "DNS:localhost, IP Address:127.0.0.1", "ecdsa-with-SHA256"):
            assert part in text, (part, text)
        assert self.openssl("verify", "-purpose", "sslserver", "-CAfile", "ca.crt", "server.crt", folder=self.machine.home)
        ca = self.openssl("x509", "-in", "ca.crt", "-noout", "-text", folder=self.machine.home)
        assert "CA:TRUE, pathlen:0" in ca and "Certificate Sign, CRL Sign" in ca, ca

    def an_expired_certificate_is_refused_and_renewed_when_due(self):
        library = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
        assert library, "libfaketime is not installed"
        authority = self.machine.ca.read_bytes()
        past = {"LD_PRELOAD": library[0], "FAKETIME": "-740d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        self.machine.run("renew", environment=past)
        wait_until("it is refused", lambda: self.trusted() == "certificate has expired")
        watch = self.stage.house.command(
            "watch", "--broker", f"mqtts://localhost:{self.machine.port}", "--user", "anna", "--password-file",
            str(self.machine.password_file("anna")), "--ca-file", str(self.machine.ca), "--count", "1", "--timeout", "120s",
            "--exit-on-disconnect",
        )
        assert watch.returncode == 4 and "expired" in watch.stderr, watch
        assert "lasts for -" in self.machine.run("status").stdout
        self.machine.run("renew", "--if-due")
        assert self.trusted() == "yes"
        assert self.machine.ca.read_bytes() == authority
        self.stage.listen()
        wait_until("the gateway is back", lambda: self.stage.witness.payloads("reedgate/home/availability")[-1:] == ["online"])

    def renewal_keeps_the_authority_and_changes_the_names_asked_for(self):
        authority, served = self.machine.ca.read_bytes(), (self.machine.home / "server.crt").read_bytes()
        self.machine.run("renew", "--name", "localhost", "--name", "broker.example.org", "--name", "192.0.2.5")
        assert self.machine.ca.read_bytes() == authority
        assert (self.machine.home / "server.crt").read_bytes() != served
        text = self.openssl("x509", "-in", "server.crt", "-noout", "-ext", "subjectAltName", folder=self.machine.home)
        assert "DNS:localhost, DNS:broker.example.org, IP Address:192.0.2.5" in text, text
        assert self.trusted() == "yes"

    def a_new_authority_is_not_trusted_by_who_has_the_old_one(self):
        old = self.stage.folder / "old-ca.crt"
        old.write_bytes(self.machine.ca.read_bytes())
        assert "Give " in self.machine.run("renew", "--new-ca").stdout
        assert self.trusted() == "yes"
        now, self.machine.ca = self.machine.ca, old
        try:
            assert self.trusted() != "yes"
        finally:
            self.machine.ca = now

    def a_half_written_certificate_is_made_anew(self):
        (self.machine.home / "server.key").write_text("")
        self.machine.run("setup")
        assert self.trusted() == "yes"

    def given_certificates_are_used(self):
        folder = self.stage.folder / "given"
        folder.mkdir()
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90")
        for name in ("one", "two"):
            self.openssl(
                "req", "-x509", *curve, "-keyout", f"{name}.key", "-out", f"{name}.crt", "-subj", "/CN=x",
                "-addext", "subjectAltName=DNS:localhost", folder=folder,
            )
        machine = Machine(self.stage.folder / "with-given")
        files = ("--certificate", str(folder / "one.crt"), "--ca", str(folder / "one.crt"))
        try:
            assert "is not that of" in machine.set_up(*files, "--key", str(folder / "two.key"), expect=1).stderr
            assert not machine.configuration.exists()
            machine.set_up(*files, "--key", str(folder / "one.key"), "--phone", "anna")
            assert self.trusted(machine) == "yes"
            assert (machine.home / "server.crt").read_bytes() == (folder / "one.crt").read_bytes()
            assert "nothing had to be changed" in machine.run("setup").stdout
            assert "is not for" in machine.run("setup", "--name", "elsewhere.lan", expect=1).stderr
            (folder / "one.crt").write_bytes((folder / "two.crt").read_bytes())
            (folder / "one.key").write_bytes((folder / "two.key").read_bytes())
            machine.run("renew", "--if-due")
            assert self.trusted(machine) == "yes"
            assert (machine.home / "server.crt").read_bytes() == (folder / "two.crt").read_bytes()
        finally:
            machine.stop()

    def checks(self):
        return [
            self.lifetimes_and_names_are_what_phones_accept,
            self.an_expired_certificate_is_refused_and_renewed_when_due,
            self.renewal_keeps_the_authority_and_changes_the_names_asked_for,
            self.a_new_authority_is_not_trusted_by_who_has_the_old_one,
            self.a_half_written_certificate_is_made_anew,
            self.given_certificates_are_used,
        ]
