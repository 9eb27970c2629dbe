"""What most checks play on: one broker, a gateway that is connected to it, accounts for phones."""

import json

from client import Client
from house import House
from machine import Machine
from patience import wait_until

ROOT = "reedgate/home"
STATE, ALARM, EVENT, AVAILABILITY = f"{ROOT}/front_door/state", f"{ROOT}/alarm", f"{ROOT}/event", f"{ROOT}/availability"


class Stage:
    """Gateways home and shed, monitor office, phones anna (reads all), carl (reads home only) and a witness that listens all the time."""

    def __init__(self, launcher, folder):
        self.folder = folder
        self.launcher = launcher
        self.machine = Machine(folder / "machine")
        self.house = None
        self.witness = None

    def start(self):
        self.machine.set_up("--gateway", "home", "--gateway", "shed", "--phone", "anna", "--phone", "witness")
        self.machine.run("add-phone", "carl", "--gateway", "home")
        self.machine.run("add-monitor", "office")
        self.listen()
        self.house = House(self.launcher, self.machine, "home", self.folder / "house")
        self.house.start()
        self.witness.wait_for(STATE, "closed")

    def listen(self):
        """A new witness: after a restart of the broker the old one is gone."""
        if self.witness is not None:
            self.witness.close()
        self.witness = Client(self.machine, "witness")
        self.witness.subscribe("reedgate/#")

    def stop(self):
        try:
            if self.house is not None:
                self.house.end()
            if self.witness is not None:
                self.witness.close()
        finally:
            self.machine.stop()

    def phone(self, user="anna", **options):
        return Client(self.machine, user, **options)

    def events(self):
        return [json.loads(payload) for payload in self.witness.payloads(EVENT)]

    def door_events(self):
        return [event for event in self.events() if event["event_type"] in ("opened", "closed")]

    def move(self):
        """Opens and closes the door, and waits until the witness has all that comes of it."""
        alarms = len(self.witness.payloads(ALARM))
        for request, state in (("open", "open"), ("close", "closed")):
            events = len(self.door_events())
            self.house.sim(f"{request} front_door")
            wait_until(f"an event of {request}", lambda before=events: len(self.door_events()) > before)
            wait_until(state, lambda wanted=state: self.witness.payloads(STATE)[-1:] == [wanted])
        wait_until("an alarm", lambda: len(self.witness.payloads(ALARM)) > alarms)

    def connected_throughout(self):
        """A check that the gateway has not lost its connection since now."""
        seen = len(self.events())

        def check():
            self.move()
            kinds = [event["event_type"] for event in self.events()[seen:]]
            assert "link_lost" not in kinds and "link_restored" not in kinds, kinds

        return check
