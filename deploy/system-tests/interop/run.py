#!/usr/bin/python3
"""Checks the installed gateway against programs by others: Debian's mosquitto, mosquitto_sub, mosquitto_pub and paho.

Needs: mosquitto mosquitto-clients python3-paho-mqtt openssl, and the distribution built (mvn package).
"""

import argparse
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

from checks import Checks
from gateway import Gateway
from mosquitto import Mosquitto
from waiting import wait_until
from witness import Witness

HERE = pathlib.Path(__file__).resolve().parent
ROOT = "reedgate/home"
STATE, EVENT, ALARM = f"{ROOT}/front_door/state", f"{ROOT}/event", f"{ROOT}/alarm"
AVAILABILITY = f"{ROOT}/availability"
MARKER = "interop/marker"
VISITED = (STATE, EVENT, ALARM, MARKER)


class Interop:
    """The checks, in the order in which they run; each leaves the door closed and everything running."""

    def __init__(self, launcher, folder):
        self.broker = Mosquitto(self._folder(folder, "broker"))
        self.gateway = Gateway(launcher, self.broker, self._folder(folder, "gateway"))
        self.witness_file = folder / "witness.jsonl"
        self.witness = None

    @staticmethod
    def _folder(parent, name):
        made = parent / name
        made.mkdir()
        return made

    def start(self):
        self.broker.start()
        self.witness = Witness(self.broker, self.witness_file, "reedgate/#", "interop/#")
        self.gateway.start()

    def stop(self):
        try:
            self.gateway.end()
        finally:
            if self.witness is not None:
                self.witness.stop()
            self.broker.stop()

    # means

    def subscriber(self, count, *topics):
        done = subprocess.run(
            [sys.executable, HERE / "subscriber.py", *self.broker.script_options("phone"), "--count", str(count), *topics],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    def publisher(self, *words, user="house"):
        subprocess.run(
            [sys.executable, HERE / "publisher.py", *self.broker.script_options(user), *words], check=True, timeout=30
        )

    def mosquitto_sub(self, *words, user="phone", options=None):
        given = self.broker.client_options(user) if options is None else options
        return subprocess.run(
            ["mosquitto_sub", "-V", "5", "-W", "10", *given, *words], capture_output=True, text=True, timeout=30, check=False
        )

    def moves(self, times):
        """Opens and closes the front door and waits until the witness has all of it; returns the new events."""
        before = len(self.door_events())
        for _ in range(times):
            self.gateway.sim("open", "front_door")
            self.gateway.sim("close", "front_door")
        wait_until("all events are at the broker", lambda: len(self.door_events()) >= before + 2 * times)
        return self.door_events()[before:]

    def door_events(self):
        return [event for event in self.witness.events() if event["event_type"] in ("opened", "closed")]

    def alarms_with_ids(self):
        return [
            (message["payload"], message["properties"]["user-properties"]["id"])
            for message in self.witness.messages()
            if message["topic"] == ALARM
        ]

    # checks

    def gateway_comes_online_over_tls_with_own_ca(self):
        wait_until("online", lambda: "online" in self.witness.payloads(AVAILABILITY), 30)
        wait_until("first state", lambda: "closed" in self.witness.payloads(STATE), 10)

    def mosquitto_sub_gets_the_retained_state(self):
        done = self.mosquitto_sub("-q", "1", "-t", STATE, "-t", AVAILABILITY, "-C", "2", "-F", "%r %q %C %t %p")
        wanted = {
            f"1 1 text/plain; charset=utf-8 {STATE} closed",
            f"1 1 text/plain; charset=utf-8 {AVAILABILITY} online",
        }
        assert set(done.stdout.splitlines()) == wanted, done

    def paho_subscribe_simple_gets_the_retained_state(self):
        assert self.subscriber(1, STATE) == [{"topic": STATE, "payload": "closed", "qos": 1, "retain": True}]

    def only_known_users_get_in(self):
        nobody = ["-h", "localhost", "-p", str(self.broker.port), "--cafile", str(self.broker.ca)]
        refused = self.mosquitto_sub("-t", STATE, "-C", "1", options=nobody)
        assert refused.returncode != 0 and not refused.stdout, refused

    def opening_raises_one_alarm_with_its_id(self):
        before = len(self.alarms_with_ids())
        events = self.moves(1)
        wait_until("the alarm", lambda: len(self.alarms_with_ids()) > before)
        alarms = self.alarms_with_ids()[before:]
        assert [identity for _, identity in alarms] == [events[0]["id"]], (alarms, events)
        assert alarms[0][0].startswith("Front door opened"), alarms
        assert [event["event_type"] for event in events] == ["opened", "closed"], events
        assert self.subscriber(1, STATE)[0]["payload"] == "closed"

    def paho_gets_everything_once_after_an_absence(self):
        assert [m["payload"] for m in self.visit(1)] == ["closed", "end"]
        seen = len(self.witness.messages())
        events = self.moves(3)
        missed = [message for message in self.witness.messages()[seen:] if message["topic"] in VISITED]
        got = self.visit(1 + len(missed) + 1)
        queued = [message for message in got if not message["retain"] and message["topic"] != MARKER]
        assert [(m["topic"], m["payload"]) for m in queued] == [(m["topic"], m["payload"]) for m in missed], queued
        ids = [json.loads(m["payload"])["id"] for m in queued if m["topic"] == EVENT]
        assert ids == [event["id"] for event in events] and len(set(ids)) == 6, ids
        assert len([m for m in queued if m["topic"] == ALARM]) == 3, queued
        rest = self.visit(2)
        assert [m["payload"] for m in rest] == ["end", "closed", "end"], rest

    def visit(self, count):
        """The phone with a session of its own comes, takes that many messages, then a marker, and leaves.

        subscribe.simple leaves before it acknowledges its last message, and a connection closed while something is
        under way takes other acknowledgements with it. So the marker is sent when the broker has all of them; each
        visit but the first begins with the marker of the one before, and each has the retained state anew.
        """
        name = "phone-in-the-cellar"
        acknowledged = f"Received PUBACK from {name} "
        before = self.broker.log().count(acknowledged)
        options = ["--count", str(count + 1), "--client-id", name]
        with subprocess.Popen(
            [sys.executable, HERE / "subscriber.py", *self.broker.script_options("phone"), *options, *VISITED],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                wait_until("the phone has all", lambda: self.broker.log().count(acknowledged) >= before + count)
                self.publisher(MARKER, "end")
                output, _ = process.communicate(timeout=20)
            finally:
                process.kill()
        return [json.loads(line) for line in output.splitlines()]

    def own_publisher_reaches_paho(self):
        self.gateway.command("publish", *self.own_options("house"), "--retain", "interop/mode", "away")
        assert self.subscriber(1, "interop/mode") == [
            {"topic": "interop/mode", "payload": "away", "qos": 1, "retain": True}
        ]

    def paho_publisher_reaches_own_watch(self):
        self.publisher("--retain", "interop/greeting", "good morning")
        options = ["--json", "--count", "1", "--timeout", "20s", "--topic", "interop/greeting"]
        done = self.gateway.command("watch", *self.own_options("phone"), *options)
        got = json.loads(done.stdout)
        assert (got["topic"], got["payload"]) == ("interop/greeting", "good morning"), got

    def own_watch_refuses_a_foreign_authority(self):
        options = self.own_options("phone")
        options = options[: options.index("--ca-file")]
        done = self.gateway.command("watch", *options, "--count", "1", "--timeout", "20s", "--exit-on-disconnect", check=False)
        assert done.returncode == 4 and not done.stdout, done

    def own_publisher_is_told_when_access_is_denied(self):
        done = self.gateway.command("publish", *self.own_options("phone"), "interop/mode", "home", check=False)
        assert done.returncode == 5, done

    def own_options(self, user):
        """Options with which the gateway's own commands get in as this user."""
        url = f"mqtts://localhost:{self.broker.port}"
        password = str(self.broker.password_file(user))
        return ["--broker", url, "--user", user, "--password-file", password, "--ca-file", str(self.broker.ca)]

    def glitches_raise_no_alarm_but_are_told(self):
        seen = len(self.witness.events())
        alarms = len(self.alarms_with_ids())
        self.gateway.sim("bounce", "front_door", "emi")
        wait_until(
            "a glitch event",
            lambda: [e for e in self.witness.events()[seen:] if e["event_type"] == "glitch"],
        )
        self.moves(1)
        assert len(self.alarms_with_ids()) == alarms + 1, self.alarms_with_ids()

    def broker_outage_loses_nothing(self):
        before = len(self.door_events())
        self.broker.stop()
        for _ in range(3):
            self.gateway.sim("open", "front_door")
            self.gateway.sim("close", "front_door")
        self.broker.start()
        wait_until("the backlog", lambda: len(self.door_events()) >= before + 6, 40)
        events = self.witness.events()
        numbers = sorted({event["seq"] for event in events})
        assert numbers == list(range(numbers[0], numbers[-1] + 1)), numbers
        new = self.door_events()[before:]
        unique = {event["id"]: event["event_type"] for event in new}
        assert list(unique.values()) == ["opened", "closed"] * 3, new
        assert self.subscriber(1, STATE)[0]["payload"] == "closed"

    def sigterm_leaves_offline_behind(self):
        code = self.gateway.end(signal.SIGTERM)
        assert code in (0, 143), code
        assert self.subscriber(1, AVAILABILITY)[0]["payload"] == "offline"
        self._online_again()

    def sigkill_makes_the_broker_say_offline(self):
        self.gateway.end(signal.SIGKILL)
        wait_until("the will", lambda: self.subscriber(1, AVAILABILITY)[0]["payload"] == "offline")
        self._online_again()

    def _online_again(self):
        seen = len(self.witness.payloads(AVAILABILITY))
        self.gateway.start()
        wait_until("online again", lambda: "online" in self.witness.payloads(AVAILABILITY)[seen:], 30)

    def no_secret_is_in_the_gateways_log(self):
        log = self.gateway.log()
        password = self.broker.password_file("gateway").read_text().strip()
        assert log and password not in log

    def checks(self):
        return [
            self.gateway_comes_online_over_tls_with_own_ca,
            self.mosquitto_sub_gets_the_retained_state,
            self.paho_subscribe_simple_gets_the_retained_state,
            self.only_known_users_get_in,
            self.opening_raises_one_alarm_with_its_id,
            self.paho_gets_everything_once_after_an_absence,
            self.own_publisher_reaches_paho,
            self.paho_publisher_reaches_own_watch,
            self.own_watch_refuses_a_foreign_authority,
            self.own_publisher_is_told_when_access_is_denied,
            self.glitches_raise_no_alarm_but_are_told,
            self.broker_outage_loses_nothing,
            self.sigterm_leaves_offline_behind,
            self.sigkill_makes_the_broker_say_offline,
            self.no_secret_is_in_the_gateways_log,
        ]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=pathlib.Path, default=HERE.parent.parent / "dist/target/reedgate/bin/reedgate")
    parser.add_argument("--report", type=pathlib.Path, help="file for a report in JUnit's format")
    return parser.parse_args()


def main():
    given = arguments()
    if not given.launcher.exists():
        sys.exit(f"no distribution at {given.launcher}: build it first with mvn package")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reedgate-interop-"))
    checks = Checks("interop")
    interop = Interop(given.launcher, folder)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        interop.start()
        for check in interop.checks():
            checks.run(check.__name__.replace("_", " "), check)
    finally:
        interop.stop()
        if checks.failed():
            print("--- the gateway's log ---\n" + interop.gateway.log(), flush=True)
        shutil.rmtree(folder)
    if given.report:
        checks.report(given.report)
    print(f"interop: {len(checks.done) - checks.failed()} passed, {checks.failed()} failed")
    return 1 if checks.failed() or not checks.done else 0


if __name__ == "__main__":
    sys.exit(main())
