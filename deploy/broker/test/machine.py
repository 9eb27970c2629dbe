"""A folder that looks like Debian's mosquitto to reedgate-broker, with a mosquitto of its own running on it."""

import hashlib
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess

from patience import SECONDS, wait_until

PROGRAM = pathlib.Path(__file__).resolve().parent.parent / "reedgate-broker"
HOST = "localhost"

# As Debian installs it.
MAIN = """\
# Place your local configuration in {root}/etc/mosquitto/conf.d/
pid_file {root}/run/mosquitto.pid

persistence true
persistence_location {root}/var/lib/mosquitto/

log_dest file {root}/var/log/mosquitto/mosquitto.log

include_dir {root}/etc/mosquitto/conf.d
"""

# Stands for systemctl: remembers what it was told, and does it.
SERVICE = """\
#!/bin/sh
echo "$1" >>{folder}/told
case $1 in
    reload) exec kill -HUP "$(cat {folder}/process)" ;;
    restart)
        old=$(cat {folder}/process 2>/dev/null)
        if [ -n "$old" ] && kill "$old" 2>/dev/null; then
            while [ -e "/proc/$old" ] && ! grep -q '^State:.Z' "/proc/$old/status"; do sleep 0.05; done
        fi
        unset LD_PRELOAD FAKETIME
        {program} -c {root}/etc/mosquitto/mosquitto.conf >>{folder}/output 2>&1 &
        echo $! >{folder}/process
        sleep 0.3
        kill -0 $! 2>/dev/null
        ;;
esac
"""


def quiet_port():
    """A free port that no outgoing connection gets by chance, nor a test in Java, so that it is still free after a restart."""
    while True:
        port = random.randrange(15000, 20000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


class Machine:
    """Runs reedgate-broker on a folder of its own."""

    mosquitto = "/usr/sbin/mosquitto"

    def __init__(self, folder: pathlib.Path):
        folder.mkdir()
        folder.chmod(0o755)
        self.folder = folder
        self.root = folder / "root"
        self.port, self.ws_port = quiet_port(), quiet_port()
        for name in ("etc/mosquitto/conf.d", "var/lib/mosquitto", "var/log/mosquitto", "run", "usr"):
            made = self.root / name
            made.mkdir(parents=True)
            if os.geteuid() == 0 and not name.startswith(("etc", "usr")):
                shutil.chown(made, "mosquitto", "mosquitto")
        (self.root / "etc/mosquitto/mosquitto.conf").write_text(MAIN.format(root=self.root))
        self.service = folder / "service"
        self.service.write_text(SERVICE.format(folder=folder, root=self.root, program=self.mosquitto))
        self.service.chmod(0o755)
        self.home = self.root / "etc/mosquitto/reedgate"
        self.configuration = self.root / "etc/mosquitto/conf.d/reedgate.conf"
        self.ca = self.home / "ca.crt"

    def run(self, *words, expect=0, environment=None):
        done = subprocess.run(
            [PROGRAM, *words, "--root", self.root],
            env=dict(os.environ, REEDGATE_BROKER_SERVICE=str(self.service), **(environment or {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=2 * SECONDS,
            check=False,
        )
        assert done.returncode == expect, (words, done.returncode, done.stdout, done.stderr)
        return done

    def set_up(self, *words, **options):
        ports = ("--port", str(self.port), "--ws-port", str(self.ws_port))
        return self.run("setup", "--name", HOST, *ports, *words, **options)

    def set_up_bound(self, *words, **options):
        """The same on loopback only, which leaves no WebSockets with this mosquitto."""
        return self.run("setup", "--name", HOST, "--bind", "127.0.0.1", "--port", str(self.port), *words, **options)

    def listens(self):
        """The addresses and ports that the broker listens at, as the kernel writes them."""
        fds = pathlib.Path(f"/proc/{self.process()}/fd")
        own = {os.readlink(fd) for fd in fds.iterdir()}
        found = set()
        for table in ("tcp", "tcp6"):
            for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and f"socket:[{fields[9]}]" in own:
                    found.add(fields[1])
        return found

    def password(self, user):
        return (self.home / f"credentials/{user}.password").read_text().strip()

    def password_file(self, user):
        return self.home / f"credentials/{user}.password"

    def told(self):
        """What the service was told so far."""
        file = self.folder / "told"
        return file.read_text().split() if file.exists() else []

    def process(self):
        return int((self.folder / "process").read_text())

    def log(self):
        file = self.root / "var/log/mosquitto/mosquitto.log"
        return file.read_text(errors="replace") if file.exists() else ""

    def fingerprint(self):
        """Of each file that reedgate-broker may write: what is in it, mode, owner and time of the last change."""
        found = {}
        for top in ("etc", "usr"):
            for file in sorted((self.root / top).rglob("*")):
                about = file.lstat()
                text = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
                found[str(file.relative_to(self.root))] = (text, oct(about.st_mode), about.st_uid, about.st_gid, about.st_mtime_ns)
        return {name: value for name, value in found.items() if pathlib.Path(self.root, name).is_file()}

    def accepts(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        """kill -9, as a crash would."""
        process = self.process()
        os.kill(process, signal.SIGKILL)
        wait_until("the broker is gone", lambda: not self.accepts())

    def start(self):
        subprocess.run([self.service, "restart"], check=True, timeout=SECONDS)
        wait_until("the broker listens", self.accepts)

    def stop(self):
        file = self.folder / "process"
        if file.exists():
            try:
                os.kill(self.process(), signal.SIGTERM)
            except ProcessLookupError:
                return
            wait_until("the broker is gone", lambda: not self.accepts())

    def printed_yaml(self, user):
        """The lines of the gateway's configuration as they are shown to people."""
        lines = self.run("show", user).stdout.splitlines()
        first = lines.index("    gateway:")
        last = next(i for i in range(first, len(lines)) if not lines[i].startswith("    "))
        return "\n".join(line[4:] for line in lines[first:last]) + "\n"

    def printed_value(self, user, name):
        found = re.search(rf"^    {name} +(\S+)", self.run("show", user).stdout, re.M)
        assert found, (user, name)
        return found.group(1)
