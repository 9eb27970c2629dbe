"""Debian's mosquitto as somebody would run it at home: TLS with an own CA, users with passwords, access rules."""

import pathlib
import secrets
import socket
import subprocess

from waiting import wait_until

PROGRAM = "/usr/sbin/mosquitto"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Mosquitto:
    """A broker process on a free port, never 1883. Users: gateway, phone (reads), house (reads and writes its own)."""

    USERS = ("gateway", "phone", "house")
    NAMES = ("localhost",)
    LISTENERS = ""
    ACCESS = """\
user gateway
topic readwrite reedgate/home/#
user phone
topic read reedgate/#
topic read interop/#
user house
topic readwrite interop/#
topic read reedgate/#
"""

    def __init__(self, folder: pathlib.Path, port=None):
        self.folder = folder
        self.port = port or free_port()
        self.ca = folder / "ca.crt"
        self.process = None
        self._certificates()
        (folder / "access").write_text(self.ACCESS)
        for user in self.USERS:
            self._account(user)
        for name in ("server.key", "passwords", "access"):
            (folder / name).chmod(0o600)
        (folder / "data").mkdir()
        self.configuration = folder / "mosquitto.conf"
        self.configuration.write_text(f"""\
user root
listener {self.port} 127.0.0.1
certfile {folder}/server.crt
keyfile {folder}/server.key
allow_anonymous false
password_file {folder}/passwords
acl_file {folder}/access
persistence true
persistence_location {folder}/data/
log_dest stderr
log_type all
{self.LISTENERS}""")

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def _certificates(self):
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        self._openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=own CA")
        self._openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
        (self.folder / "san").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in self.NAMES) + "\n")
        self._openssl(
            "x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", "2", "-extfile", "san", "-out", "server.crt",
        )

    def _password(self, user):
        return secrets.token_urlsafe(18)

    def _account(self, user):
        password = self._password(user)
        file = self.password_file(user)
        file.write_text(password + "\n")
        file.chmod(0o600)
        create = [] if (self.folder / "passwords").exists() else ["-c"]
        subprocess.run(
            ["mosquitto_passwd", "-b", *create, self.folder / "passwords", user, password], check=True, capture_output=True
        )

    def password_file(self, user):
        return self.folder / f"{user}.password"

    def start(self):
        log = open(self.folder / "mosquitto.log", "a")
        self.process = subprocess.Popen([PROGRAM, "-c", self.configuration], stdout=log, stderr=log)
        wait_until("mosquitto listens", lambda: accepts(self.port), 15)

    def log(self):
        return (self.folder / "mosquitto.log").read_text()

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(15)
            self.process = None

    def client_options(self, user):
        """Options that mosquitto_sub and mosquitto_pub need to get in as this user."""
        password = self.password_file(user).read_text().strip()
        return ["-h", "localhost", "-p", str(self.port), "--cafile", str(self.ca), "-u", user, "-P", password]

    def script_options(self, user):
        """The same for the scripts beside this one."""
        file = self.password_file(user)
        return ["--port", str(self.port), "--user", user, "--password-file", str(file), "--ca", str(self.ca)]
