"""mosquitto_sub in MQTT 5, running all the time; what it got can be asked for."""

import json
import subprocess


class Witness:
    """Collects every message of the given topics into a file, one line of JSON each."""

    def __init__(self, broker, file, *topics):
        self.file = file
        filters = [part for topic in topics for part in ("-t", topic)]
        self.output = open(file, "w")
        self.process = subprocess.Popen(
            ["mosquitto_sub", "-V", "5", "-i", "witness", "-c", "-x", "3600", "-q", "1", "-F", "%j"]
            + broker.client_options("phone")
            + filters,
            stdout=self.output,
            stderr=self.output,
        )

    def messages(self):
        lines = self.file.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("\n")]

    def payloads(self, topic):
        return [message["payload"] for message in self.messages() if message["topic"] == topic]

    def events(self):
        return [json.loads(payload) for payload in self.payloads("reedgate/home/event")]

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.output.close()
