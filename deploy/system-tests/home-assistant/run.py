#!/usr/bin/python3
"""Has other programs read what the installed gateway describes to Home Assistant, and use it.

ioBroker reads the descriptions of sensors. It knows no others, nor the format device: these are read by reader.py, by the
rules that Home Assistant documents and with Jinja2, the engine of its templates. Where both read, they have to agree.

Needs: mosquitto python3-paho-mqtt python3-jinja2 openssl, Node.js 18 with npm, the distribution built (mvn package), and
root: everything but the installation of ioBroker runs in a network namespace of its own, with nothing but loopback.
"""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "interop"))

from checks import Checks  # noqa: E402
from home import CODE, Broker, House  # noqa: E402
from iobroker import IoBroker, install  # noqa: E402
from loopback import go_there, raise_loopback  # noqa: E402
from reader import HomeServer  # noqa: E402
from waiting import wait_until  # noqa: E402

DOOR, PANEL = "front_door_contact", "gateway_panel"
OF_SENSOR = {"contact": "binary_sensor", "problem": "binary_sensor", "since": "sensor", "glitches": "sensor"}
OF_GATEWAY = {
    "panel": "alarm_control_panel",
    "events": "event",
    "test": "button",
    "connectivity": "binary_sensor",
    "clock": "binary_sensor",
    **dict.fromkeys("alarmtext heartbeat uptime version waiting unsent reconnects temperature memory".split(), "sensor"),
}
TRIGGERS = {"front_door": "opened closed", "kitchen_window": "opened closed", "box": "tampered tamper_cleared"}


def expected(*sensors):
    """The platforms of all that there has to be, by id."""
    all_of = {f"reedgate.home.{sensor}_{what}": platform for sensor in sensors for what, platform in OF_SENSOR.items()}
    all_of |= {f"reedgate.home.gateway_{what}": platform for what, platform in OF_GATEWAY.items()}
    named = [f"{sensor} {word}" for sensor in sensors for word in TRIGGERS[sensor].split()]
    return all_of | dict.fromkeys([*named, "alarm test", "alarm duress"], "device_automation")


def as_numbers(values):
    """The template engines differ in how they write 45.0, and only Home Assistant takes None for unknown."""
    return {name: number(value) for name, value in values.items()}


def number(value):
    try:
        return float(value)
    except (TypeError, ValueError):
        return None if value == "None" else value


class HomeAssistantChecks:
    """The checks, in the order in which they run."""

    def __init__(self, launcher, folder):
        self.broker = Broker(self._folder(folder, "broker"))
        self.house = House(launcher, self.broker, self._folder(folder, "gateway"))
        self.iobroker = IoBroker(self.broker, self._folder(folder, "iobroker"))
        self.server = None

    @staticmethod
    def _folder(parent, name):
        made = parent / name
        made.mkdir()
        return made

    def start(self):
        self.broker.start()
        self.server = HomeServer(self.broker)
        self.house.configure("component", "front_door", "kitchen_window", "box")
        self.house.add_user()
        self.house.start()

    def stop(self):
        try:
            self.iobroker.stop()
            self.house.end()
        finally:
            if self.server is not None:
                self.server.stop()
            self.broker.stop()

    # means

    def wait(self, what, condition, seconds=60):
        """Ends at once if something was described wrongly."""

        def fine():
            assert not self.server.troubles, self.server.troubles
            return condition()

        wait_until(what, fine, seconds)

    def until_shown(self, name, state):
        self.wait(f"{name} shows {state}", lambda: self.server.state(name) == state)

    def until_all_there(self, server, *sensors):
        wanted = expected(*sensors)
        try:
            self.wait("all is described", lambda: self._platforms(server) == wanted)
        except AssertionError:
            there = self._platforms(server)
            raise AssertionError(
                f"missing {sorted(wanted.keys() - there.keys())}, too much {sorted(there.keys() - wanted.keys())}, "
                f"troubles {server.troubles}"
            ) from None

    @staticmethod
    def _platforms(server):
        return {name: entity.platform for name, entity in server.by_id().items()}

    def begin_anew(self, form, *sensors):
        """The gateway with another configuration."""
        self.house.end()
        self.house.configure(form, *sensors)
        self.house.start()
        self.until_all_there(self.server, *sensors)
        self.until_shown("gateway_connectivity", "on")

    def newcomer_finds(self, *sensors):
        """Somebody who knows only what is retained."""
        newcomer = HomeServer(self.broker, "newcomer")
        try:
            self.until_all_there(newcomer, *sensors)
            self.wait("its states", lambda: newcomer.state(PANEL) == self.server.state(PANEL))
            assert not newcomer.troubles, newcomer.troubles
            return {topic for topic, _ in newcomer.entities}
        finally:
            newcomer.stop()

    def door_moves(self):
        opened, closed = self.server.entity("front_door opened"), self.server.entity("front_door closed")
        events, fired = self.server.entity("gateway_events").heard, (len(opened.heard), len(closed.heard))
        told = len(events)
        self.house.sim("open", "front_door")
        self.until_shown(DOOR, "on")
        self.house.sim("close", "front_door")
        self.until_shown(DOOR, "off")
        moves = lambda: [event for event in events[told:] if event in ("opened", "closed")]  # noqa: E731
        self.wait("both events", lambda: moves() == ["opened", "closed"])
        self.wait("both triggers", lambda: (len(opened.heard), len(closed.heard)) == (fired[0] + 1, fired[1] + 1))

    # checks

    def each_entity_and_trigger_is_found(self):
        self.until_all_there(self.server, "front_door", "kitchen_window", "box")

    def all_show_their_states(self):
        for sensor in ("front_door", "kitchen_window", "box"):
            self.until_shown(f"{sensor}_contact", "off")
            self.until_shown(f"{sensor}_problem", "off")
        self.until_shown(PANEL, "disarmed")
        self.until_shown("gateway_connectivity", "on")
        nothing_yet = {"gateway_alarmtext", "gateway_events", "gateway_test", "gateway_temperature", "gateway_memory"}
        shown = {
            name: entity
            for name, entity in self.server.by_id().items()
            if name.startswith("reedgate.") and name.removeprefix("reedgate.home.") not in nothing_yet
        }
        self.wait("all have states", lambda: all(entity.state is not None for entity in shown.values()))
        self.wait("all are available", lambda: all(entity.available for entity in shown.values()))
        figures = {name: float(self.server.state(f"gateway_{name}")) for name in ("uptime", "waiting", "reconnects")}
        assert figures["uptime"] >= 0 and figures["waiting"] >= 0 and figures["reconnects"] == 0, figures
        classes = {name: shown[f"reedgate.home.{name}_contact"].fields["device_class"] for name in House.SENSORS}
        assert classes == {"front_door": "door", "kitchen_window": "window", "box": "tamper"}, classes

    def iobroker_shows_the_same_sensors_and_values(self):
        self.iobroker.start()
        self.until_iobroker_agrees()

    def until_iobroker_agrees(self):
        """It can't show a text that is no JSON if there is a template, so it shows nothing for alarmtext.

        To ask it takes seconds: heartbeats must be rarer than that.
        """
        seen = {}

        def agrees():
            mine = {
                name.removeprefix("reedgate.home."): entity.state
                for name, entity in self.server.by_id().items()
                if entity.platform == "sensor" and not name.endswith("_alarmtext")
            }
            theirs = self.iobroker.sensors()
            theirs.pop("gateway_alarmtext", None)
            seen.update(mine=as_numbers(mine), theirs=as_numbers(theirs))
            return len(mine) == 14 and seen["mine"] == seen["theirs"]

        try:
            self.wait("ioBroker shows the same", agrees, 180)
        except AssertionError as late:
            raise AssertionError(f"{late}: {seen}") from None

    def door_that_moves_shows_and_triggers(self):
        self.door_moves()

    def iobroker_follows_the_door(self):
        self.until_iobroker_agrees()
        since = self.server.state("front_door_since")
        self.door_moves()
        self.wait("another time", lambda: self.server.state("front_door_since") != since)
        self.until_iobroker_agrees()

    def test_alarm_button_reaches_the_phone(self):
        self.server.press("gateway_test")
        self.wait("the trigger", lambda: self.server.entity("alarm test").heard == ["test"])
        self.wait("the line", lambda: "Test" in (self.server.state("gateway_alarmtext") or ""))

    def panel_obeys_the_right_code_only(self):
        panel = self.server.entity(PANEL)
        assert panel.fields["code"] == "REMOTE_CODE_TEXT", panel.fields
        assert CODE not in str(panel.fields)
        self.server.order(PANEL, "ARM_AWAY", CODE)
        self.until_shown(PANEL, "armed_away")
        self.wait("the mode as an attribute", lambda: panel.attributes.get("mode") == "away")
        events = self.server.entity("gateway_events")
        for wrong in ("1111", 'a"b', None):
            told = len(events.heard)
            self.server.order(PANEL, "DISARM", wrong)
            self.wait("the refusal", lambda: "command_refused" in events.heard[told:])
            assert self.server.state(PANEL) == "armed_away"
        self.server.order(PANEL, "DISARM", CODE)
        self.until_shown(PANEL, "disarmed")

    def start_of_home_assistant_is_answered(self):
        before = len(self.server.described)
        self.server.say("online")
        self.wait("all descriptions", lambda: len(self.server.described) >= before + len(expected(*House.SENSORS)))

    def removed_sensor_disappears(self):
        self.begin_anew("component", "front_door", "box")
        topics = self.newcomer_finds("front_door", "box")
        assert not [topic for topic in topics if "window" in topic], topics
        configuration = "mqtt.0.homeassistant.sensor.reedgate_home.{}_since.config"
        gone, kept = configuration.format("kitchen_window"), configuration.format("front_door")
        self.wait("ioBroker's description is empty", lambda: not self.iobroker.states(gone)[gone], 120)
        assert self.iobroker.states(kept)[kept], "the other is gone, too"
        self.iobroker.stop()

    def one_description_for_all_takes_over_what_the_others_described(self):
        before = self.server.by_id()
        self.begin_anew("device", "front_door", "box")
        self.wait("one description", lambda: self.server.topics() == {"homeassistant/device/reedgate_home/config"})
        self.until_all_there(self.server, "front_door", "box")
        after = self.server.by_id()
        anew = [name for name, entity in before.items() if after.get(name) is not entity]
        assert not anew, f"removed and made anew, so that what somebody set there is lost: {anew}"
        assert self.newcomer_finds("front_door", "box") == {"homeassistant/device/reedgate_home/config"}
        self.all_are_available_again()

    def all_are_available_again(self):
        self.until_shown(DOOR, "off")
        self.until_shown(PANEL, "disarmed")
        entities = self.server.by_id().values()
        self.wait("all are available", lambda: all(entity.available for entity in entities))

    def door_and_panel_work_the_same_in_one_description(self):
        self.door_moves()
        self.server.order(PANEL, "ARM_AWAY", CODE)
        self.until_shown(PANEL, "armed_away")
        self.server.order(PANEL, "DISARM", CODE)
        self.until_shown(PANEL, "disarmed")

    def sensor_removed_from_one_description_disappears(self):
        self.begin_anew("device", "front_door")
        self.newcomer_finds("front_door")

    def gateway_that_is_killed_is_unavailable(self):
        self.house.end(signal.SIGKILL)
        self.until_shown("gateway_connectivity", "off")
        others = [each for name, each in self.server.by_id().items() if "connectivity" not in name]
        self.wait("all are unavailable", lambda: not any(e.available for e in others if "unique_id" in e.fields))

    def nothing_was_described_wrongly(self):
        assert not self.server.troubles, self.server.troubles

    def checks(self):
        return [
            self.each_entity_and_trigger_is_found,
            self.all_show_their_states,
            self.iobroker_shows_the_same_sensors_and_values,
            self.door_that_moves_shows_and_triggers,
            self.iobroker_follows_the_door,
            self.test_alarm_button_reaches_the_phone,
            self.panel_obeys_the_right_code_only,
            self.start_of_home_assistant_is_answered,
            self.removed_sensor_disappears,
            self.one_description_for_all_takes_over_what_the_others_described,
            self.door_and_panel_work_the_same_in_one_description,
            self.sensor_removed_from_one_description_disappears,
            self.gateway_that_is_killed_is_unavailable,
            self.nothing_was_described_wrongly,
        ]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    launcher = HERE.parent.parent / "dist/target/reedgate/bin/reedgate"
    parser.add_argument("--launcher", type=pathlib.Path, default=launcher)
    parser.add_argument("--report", type=pathlib.Path, help="file for a report in JUnit's format")
    parser.add_argument("--alone", action="store_true", help="this is the network namespace of its own")
    return parser.parse_args()


def main():
    given = arguments()
    if not given.launcher.exists():
        sys.exit(f"no distribution at {given.launcher}: build it first with mvn package")
    if not given.alone:
        install()
        go_there()
    raise_loopback()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reedgate-home-assistant-"))
    checks = Checks("home-assistant")
    all_of_it = HomeAssistantChecks(given.launcher, folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        all_of_it.start()
        for check in all_of_it.checks():
            checks.run(check.__name__.replace("_", " "), check)
    finally:
        all_of_it.stop()
        if checks.failed():
            print("--- the gateway's log ---\n" + all_of_it.house.log(), flush=True)
            print("--- ioBroker's log ---\n" + all_of_it.iobroker.log()[-6000:], flush=True)
        shutil.rmtree(folder)
    if given.report:
        checks.report(given.report)
    print(f"home-assistant: {len(checks.done) - checks.failed()} passed, {checks.failed()} failed")
    return 1 if checks.failed() or not checks.done else 0


if __name__ == "__main__":
    sys.exit(main())
