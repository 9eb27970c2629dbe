"""The gateway as it is installed: the distribution's own start script."""

import os
import pathlib
import signal
import subprocess


# Checks move a door more often than a hand does. With the default limits it may count as chattering; then it is reported every 10 s only.
OFTEN_MOVED = "limits: {edges_per_minute: 100000, changes_per_minute: 600}\n"


class Gateway:
    """A process of bin/reedgate run --simulate with one door, and the commands that drive it."""

    def __init__(self, launcher: pathlib.Path, broker, folder: pathlib.Path):
        self.launcher = launcher
        self.folder = folder
        self.process = None
        self.environment = dict(os.environ, NO_COLOR="1")
        (folder / "state").mkdir(mode=0o700)
        self.configuration = folder / "reedgate.yaml"
        self.configuration.write_text(f"""\
gateway:
  id: home
state_dir: {folder}/state
broker:
  url: mqtts://localhost:{broker.port}
  user: gateway
  password_file: {broker.password_file("gateway")}
  ca_file: {broker.ca}
  retry:
    first: 200ms
    max: 1s
{OFTEN_MOVED}sensors:
  front_door:
    name: Front door
    line: 17
  back_door:
    name: Back door
    line: 27
""")

    def start(self):
        log = open(self.folder / "gateway.log", "a")
        self.process = subprocess.Popen(
            [self.launcher, "run", "--simulate", "-c", self.configuration],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=self.environment,
        )

    def end(self, how=signal.SIGTERM):
        """Sends the signal, waits and returns the exit code as a shell would show it."""
        if self.process is None:
            return None
        self.process.send_signal(how)
        code = self.process.wait(20)
        self.process = None
        return code if code >= 0 else 128 - code

    def sim(self, *words):
        self.command("sim", *words, "-c", self.configuration)

    def command(self, *words, check=True):
        done = subprocess.run(
            [self.launcher, *words], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        if check and done.returncode != 0:
            raise AssertionError(f"{' '.join(map(str, words))} ended with {done.returncode}: {done.stderr.strip()}")
        return done

    def log(self):
        return (self.folder / "gateway.log").read_text()
