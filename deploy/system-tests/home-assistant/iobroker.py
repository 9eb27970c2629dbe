"""ioBroker, another home server: its controller, its MQTT client, and its adapter for Home Assistant's descriptions.

The adapter knows descriptions of sensors (and switches), one message for each; of all others it says that they are not
supported. It keeps what it has found until it is removed by hand, and an emptied description ends it.
"""

import json
import pathlib
import re
import shutil
import subprocess
import time

from waiting import wait_until

HERE = pathlib.Path(__file__).resolve().parent
PLACE = HERE.parent / "target/iobroker"
STATE = re.compile(r"^(\S+?)\s*: from \[.*?] \(\w+\s*\)\s+ack (.*)$")


def install():
    """From the npm registry: what package-lock.json names, with its check sums. Runs nobody's install scripts."""
    PLACE.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "npm/package-lock.json").read_text()
    stamp = PLACE / "installed"
    if stamp.exists() and stamp.read_text() == lock:
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "npm" / name, PLACE)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]
    for left in (2, 1, 0):
        if subprocess.run(command, cwd=PLACE, stdin=subprocess.DEVNULL, timeout=600, check=left == 0).returncode == 0:
            break
        time.sleep(5)  # a registry that is out of reach for a moment
    stamp.write_text(lock)


class IoBroker:
    """Begun anew each time. Its databases listen on ports of their own choice: it wants a network namespace."""

    MODULES = PLACE / "node_modules"

    def __init__(self, broker, folder):
        self.broker = broker
        self.folder = folder
        self.log_file = open(folder / "iobroker.log", "w")
        self.processes = []

    def start(self):
        shutil.rmtree(PLACE / "iobroker-data", ignore_errors=True)
        self._command("setup", "first")
        self._process("iobroker.js-controller/controller.js")
        wait_until("the controller answers", lambda: "system.config" in self._command("list", "objects", "system.c*"), 180)
        self._instance("mqtt", self._mqtt_options())
        self._instance("hass-mqtt", {"mqttClientInstanceID": "mqtt.0", "hassPrefix": "homeassistant"})
        self._process("iobroker.mqtt/main.js", "0", "--force", "--logs")
        wait_until("ioBroker is connected", lambda: self.states("mqtt.0.info.*").get("mqtt.0.info.connection"), 180)
        self._process("iobroker.hass-mqtt/build/main.js", "0", "--force", "--logs")

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)
        self.processes.clear()

    def log(self):
        return (self.folder / "iobroker.log").read_text()

    def sensors(self):
        """What the adapter shows: the values by the ids of the descriptions."""
        shown = self.states("hass-mqtt.0.reedgate_home.*")
        found = re.compile(r"hass-mqtt\.0\.reedgate_home\.value_(\w+)\.state")
        return {match[1]: value for match, value in ((found.fullmatch(name), shown[name]) for name in shown) if match}

    def states(self, pattern):
        matches = (STATE.match(line) for line in self._command("list", "states", pattern).splitlines())
        return {match[1]: json.loads(match[2]) for match in matches if match}

    def _mqtt_options(self):
        options = dict(json.loads((self.MODULES / "iobroker.mqtt/io-package.json").read_text())["native"])
        options.update(
            type="client",
            url="localhost",
            port=self.broker.port,
            ssl=True,
            selfSigned=True,
            rootCertificatePath=str(self.broker.ca),
            user="homeserver",
            **{"pass": self.broker.password_file("homeserver").read_text().strip()},
            patterns="homeassistant/#,reedgate/home/#",
            publish="",
            publishAllOnStart=False,
            publishOnSubscribe=False,
        )
        return options

    def _instance(self, adapter, options):
        common = {"name": adapter, "enabled": False, "mode": "daemon", "loglevel": "info"}
        instance = {"type": "instance", "common": common, "native": options}
        self._command("object", "set", f"system.adapter.{adapter}.0", json.dumps(instance))

    def _command(self, *words):
        done = subprocess.run(
            ["node", self.MODULES / "iobroker.js-controller/iobroker.js", *words],
            cwd=PLACE,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        return done.stdout + done.stderr

    def _process(self, program, *words):
        command = ["node", self.MODULES / program, *words]
        self.processes.append(
            subprocess.Popen(command, cwd=PLACE, stdin=subprocess.DEVNULL, stdout=self.log_file, stderr=self.log_file)
        )
