"""Installed gateways (bin/reedgate run --simulate) that use what reedgate-broker has printed for them."""

import os
import pathlib
import signal
import socket
import subprocess

from patience import SECONDS, wait_until


class House:
    """A gateway with one door, set up as its broker told."""

    def __init__(self, launcher: pathlib.Path, machine, gateway, folder: pathlib.Path, websockets=False):
        folder.mkdir()
        (folder / "state").mkdir(mode=0o700)
        self.launcher = launcher
        self.folder = folder
        self.process = None
        self.environment = dict(os.environ, NO_COLOR="1")
        text = machine.printed_yaml(gateway)
        text = text.replace("/etc/reedgate/credentials/mqtt.password", str(machine.password_file(gateway)))
        text = text.replace("/etc/reedgate/credentials/ca.pem", str(machine.ca))
        if websockets:
            text = text.replace(f"mqtts://localhost:{machine.port}", f"wss://localhost:{machine.ws_port}/mqtt")
        text += "  keep_alive: 60s\n  connect_timeout: 60s\n  retry:\n    first: 200ms\n    max: 1s\n    refused: 5s\n"
        text += f"state_dir: {folder}/state\nsensors:\n  front_door:\n    line: 17\n"
        text += "homeassistant:\n  discovery:\n    enabled: true\n"
        self.configuration = folder / "reedgate.yaml"
        self.configuration.write_text(text)

    def start(self):
        log = open(self.folder / "gateway.log", "a")
        self.process = subprocess.Popen(
            [self.launcher, "run", "--simulate", "-c", self.configuration],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=self.environment,
        )

    def end(self):
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(SECONDS)
            self.process = None

    def sim(self, request):
        """Asks the simulator through its socket, which takes no process of its own."""
        with wait_until("the simulator listens", self._wire) as wire:
            wire.sendall(f"{request}\n".encode())
            answer = wire.makefile().readline()
        assert answer.startswith("ok"), (request, answer)

    def _wire(self):
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(SECONDS)
        try:
            wire.connect(str(self.folder / "state/sim.sock"))
        except OSError:
            wire.close()
            return None
        return wire

    def command(self, *words):
        return subprocess.run(
            [self.launcher, *words], env=self.environment, capture_output=True, text=True, timeout=SECONDS, check=False
        )

    def log(self):
        return (self.folder / "gateway.log").read_text()
