#!/usr/bin/python3
"""Runs the recipes of the documents as they stand there, against the installed gateway and Debian's mosquitto.

It does so in namespaces of its own, in which broker.lan and broker.example.org are this machine, the ports 1883 and 8883 are
free, and /etc and /var/lib are copies: so nothing in a recipe is replaced. Passwords come from the environment or from files, as
the recipes say. sudo and systemctl are stand-ins. Needs: mosquitto mosquitto-clients python3-paho-mqtt openssl, and the
distribution built (mvn package).
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

from checks import Checks
from documents import NOT_RUN, all_blocks, block, gaps
from gateway import OFTEN_MOVED, Gateway
from loopback import go_there, raise_loopback
from mosquitto import PROGRAM, Mosquitto, accepts
from waiting import wait_until

HERE = pathlib.Path(__file__).resolve().parent
SUBSCRIBE = ("docs/mqtt.md", "# what is open now")
SIMPLE = ("docs/mqtt.md", "import os\nimport paho.mqtt.subscribe as subscribe\n\nmessage")
CALLBACK = ("docs/mqtt.md", "import os\nimport paho.mqtt.subscribe as subscribe\n\ndef")
WATCH = ("docs/mqtt.md", "sudo reedgate watch")
SIGN = ("docs/mqtt.md", "sudo reedgate user key")
RIGHTS = ("docs/mqtt.md", "user home")
COMMANDS_SUBSCRIBE = ("docs/commands.md", "mosquitto_sub")
COMMANDS_TRY = ("docs/commands.md", "reedgate run --simulate")
COMMANDS_LOG = ("docs/commands.md", "sudo reedgate log")
LOG = ("docs/log.md", "sudo reedgate log")
LOG_WITH_OPTIONS = ("docs/log.md", "reedgate log --since yesterday")
DOCTOR = ("docs/doctor.md", "sudo reedgate doctor")
SIMULATOR = ("docs/simulator.md", "reedgate run --simulate")
TOPIC = ("docs/phone.md", "printf 'door-")
TARGET = ("docs/phone.md", "printf 'notify:")
RINGS = ("docs/phone.md", "sudo reedgate test-alarm")
PASSWORD = ("docs/service.md", "sudo install -d")
INIT = ("docs/setup.md", "sudo reedgate init --gateway-id")
RUN = {
    SUBSCRIBE, SIMPLE, CALLBACK, WATCH, SIGN, RIGHTS, COMMANDS_SUBSCRIBE, COMMANDS_TRY, COMMANDS_LOG, LOG, LOG_WITH_OPTIONS, DOCTOR,
    SIMULATOR, TOPIC, TARGET, RINGS, PASSWORD, INIT,
}  # fmt: skip


class Broker(Mosquitto):
    """Broker.lan: with the rights that the page names, and further accounts."""

    USERS = ("home", "phone", "viewer", "viewer-publish", "viewer-doctor")
    NAMES = ("localhost", "broker.lan", "broker.example.org")
    LISTENERS = "listener 1883 127.0.0.1\n"
    ACCESS = block(*RIGHTS) + """\
topic read reedgate/home/panel/set
user phone
topic read reedgate/#
topic write reedgate/home/panel/set
user viewer
topic read reedgate/#
user viewer-publish
topic write reedgate/home/panel/set
user viewer-doctor
topic readwrite reedgate/home/diagnostics/doctor
"""

    def _password(self, user):
        first = self.password_file("viewer")
        return first.read_text().strip() if user.startswith("viewer-") else super()._password(user)


class Running:
    """A recipe that goes on for ever, in a group of processes of its own."""

    def __init__(self, house, text, interpreter="sh"):
        self.house = house
        self.file = pathlib.Path(tempfile.mkstemp(dir=house.folder)[1])
        self.since = len(house.broker.log())
        self.output = open(self.file, "w")
        self.process = subprocess.Popen(
            [interpreter, "-c", text], cwd=house.work, env=house.environment, stdin=subprocess.DEVNULL, stdout=self.output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)
        wait_until("all of it has ended", lambda: not self._lives())
        self.output.close()

    def _lives(self):
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def subscribed(self):
        wait_until("subscribed", lambda: "Sending SUBACK to" in self._log(), 40)
        return self

    def acknowledged(self):
        """What is not would rightly come again."""
        client = re.findall(r"New client connected from \S+ as (\S+) ", self._log())[-1]
        sent, done = rf"Sending PUBLISH to {client} \(d\d, q1", rf"Received PUBACK from {client} "
        wait_until("acknowledged", lambda: len(re.findall(sent, self._log())) <= len(re.findall(done, self._log())))

    def _log(self):
        return self.house.broker.log()[self.since :]

    def prints(self, words, times=1):
        try:
            wait_until(repr(words), lambda: self.printed().count(words) >= times, 40)
        except AssertionError as late:
            raise AssertionError(f"{late}; printed was: {self.printed()}") from late
        return self

    def printed(self):
        return self.file.read_text()


class House:
    """The gateway of /etc/reedgate/reedgate.yaml, its broker, and a folder in which somebody types."""

    def __init__(self, launcher, folder):
        self.folder = folder
        self.work = self._made("work")
        self._own_etc()
        self.broker = Broker(self._made("broker"), 8883)
        self.gateway = Gateway(launcher, self.broker, self._made("gateway"))
        self.environment = self._environment(launcher)
        self.gateway.environment = self.environment
        self._configure()

    def _made(self, name):
        made = self.folder / name
        made.mkdir()
        return made

    def _own_etc(self):
        etc = self.folder / "etc"
        subprocess.run(["cp", "-a", "/etc", etc], check=os.geteuid() == 0, stderr=subprocess.DEVNULL)
        shutil.rmtree(etc / "reedgate", ignore_errors=True)
        (etc / "hosts").write_text("127.0.0.1 localhost broker.lan broker.example.org\n")
        subprocess.run(["mount", "--bind", etc, "/etc"], check=True)
        subprocess.run(["mount", "-t", "tmpfs", "none", "/var/lib"], check=True)

    def _environment(self, launcher):
        programs = self._made("bin")
        (programs / "reedgate").symlink_to(launcher.resolve())
        (programs / "python3").symlink_to("/usr/bin/python3")
        for name, text in (("sudo", '[ "$1" != -u ] || shift 2\nexec "$@"'), ("systemctl", "true")):
            (programs / name).write_text(f"#!/bin/sh\n{text}\n")
            (programs / name).chmod(0o755)
        home = self._made("home")
        shutil.copy(self.broker.password_file("phone"), home / ".mqtt-password")
        shutil.copy(self.broker.ca, self.work / "ca.pem")
        found = subprocess.run(
            ["openssl", "x509", "-hash", "-noout", "-in", self.broker.ca], check=True, capture_output=True, text=True
        )
        shutil.copy(self.broker.ca, f"/etc/ssl/certs/{found.stdout.strip()}.0")
        return dict(
            os.environ, PATH=f"{programs}:/usr/bin:/bin:/usr/sbin:/sbin", HOME=str(home), NO_COLOR="1",
            PASSWORD=self.broker.password_file("phone").read_text().strip(), PYTHONUNBUFFERED="1",
        )  # fmt: skip

    def _configure(self):
        pathlib.Path("/etc/reedgate/credentials").mkdir(parents=True)
        shutil.copy(self.broker.ca, "/etc/reedgate/credentials/ca.pem")
        shutil.copy(self.broker.password_file("home"), "/etc/reedgate/credentials/mqtt.password")
        shutil.copy(self.broker.password_file("viewer"), "/etc/reedgate/credentials/viewer.password")
        self.gateway.configuration = pathlib.Path("/etc/reedgate/reedgate.yaml")
        self.gateway.configuration.write_text(f"""\
gateway: {{id: home}}
broker:
  url: mqtts://broker.lan:8883
  user: home
  password_file: credentials/mqtt.password
  ca_file: credentials/ca.pem
  retry: {{first: 200ms, max: 1s}}
{OFTEN_MOVED}sensors:
  front_door: {{line: 17}}
  back_door: {{line: 27}}
""")

    def start(self):
        self.broker.start()
        self.gateway.start()
        wait_until("the gateway is online", lambda: "reedgate/home/availability" in self.broker.log(), 60)

    def restart_gateway(self):
        """With what is configured now; returns once it answers commands."""
        self.gateway.end()
        self.gateway.start()
        wait_until("the gateway answers commands", self.answers, 60)

    def answers(self):
        done = subprocess.run(["reedgate", "status"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return done.returncode == 0

    def stop(self):
        try:
            self.gateway.end()
        finally:
            self.broker.stop()

    def moves_the_door(self):
        self.gateway.sim("open", "front_door")
        self.gateway.sim("close", "front_door")

    def types(self, text, interpreter="sh", given=None):
        """Runs a recipe that ends; returns what it printed."""
        done = subprocess.run(
            [interpreter, "-c", text], cwd=self.work, env=self.environment, input=given, text=True, timeout=120, check=False,
            stdin=None if given is not None else subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, f"{text!r} ended with {done.returncode}: {done.stdout}"
        return done.stdout


def commands(text):
    """The commands of a block, one a line unless a line goes on; comments are left where they stand."""
    found = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)
    return [command for command in re.split(r"(?<![\\|])\n", found) if command.strip()]


class Recipes:
    """The checks, in the order in which they run."""

    def __init__(self, house):
        self.house = house

    def every_block_is_run_or_has_a_reason_not_to_be(self):
        wrong = gaps(RUN, NOT_RUN, all_blocks())
        assert not wrong, "\n".join(wrong)

    def block_that_nobody_runs_is_found(self):
        planted = [("page.md", [("sh", "reedgate watch\n"), ("python", "import new\n"), ("yaml", "a: b\n")])]
        wrong = gaps({("page.md", "reedgate watch")}, {("page.md", "gone"): "a reason"}, planted)
        assert len(wrong) == 2 and "import new" in wrong[0] and "gone" in wrong[1], wrong

    def mosquitto_sub_shows_states_and_alarms(self):
        state, now, missed, over_tls = commands(block(*SUBSCRIBE))
        with Running(self.house, state) as shown:
            shown.prints("reedgate/home/front_door/state closed").prints("reedgate/home/back_door/state closed")
            self.house.moves_the_door()
            shown.prints("reedgate/home/front_door/state open")
        with Running(self.house, now) as shown:
            shown.subscribed()
            self.house.moves_the_door()
            shown.prints("Front door opened")
        for recipe in (missed, over_tls):
            self._gets_what_it_missed(recipe, "sh")

    def _gets_what_it_missed(self, recipe, interpreter, alarm="Front door opened"):
        """Each once: what was acknowledged does not come again."""
        with Running(self.house, recipe, interpreter) as shown:
            shown.subscribed()
            self.house.moves_the_door()
            shown.prints(alarm).acknowledged()
        self.house.moves_the_door()
        with Running(self.house, recipe, interpreter) as shown:
            shown.prints(alarm).acknowledged()
        for _ in range(2):
            with Running(self.house, recipe, interpreter) as shown:
                shown.subscribed()
                self.house.moves_the_door()
                shown.prints(alarm).acknowledged()
                self.house.moves_the_door()
                shown.prints(alarm, 2).acknowledged()
                assert shown.printed().count(alarm) == 2, shown.printed()

    def mosquitto_sub_of_the_command_page_shows_everything(self):
        recipe = block(*COMMANDS_SUBSCRIBE).strip()
        with Running(self.house, recipe) as shown:
            shown.prints("reedgate/home/front_door/state closed").prints("reedgate/home/availability online")
            self.house.moves_the_door()
            shown.prints("reedgate/home/alarm Front door opened")
        self._gets_what_it_missed(recipe + " -c -i phone-1 -x 604800", "sh", "reedgate/home/alarm Front door opened")

    def paho_gets_the_state_and_each_alarm_once(self):
        over_tls = 'port=8883, tls={"ca_certs": "ca.pem"}'
        for change in ("port=1883", over_tls):
            printed = self.house.types(block(*SIMPLE).replace("port=1883", change), "python3")
            assert printed == "closed\n", printed
            recipe = block(*CALLBACK).replace("port=1883", change).replace("my-phone", f"my-phone-{len(change)}")
            self._gets_what_it_missed(recipe, "python3")

    def watch_shows_states_alarms_and_what_was_missed(self):
        here, elsewhere, persistent, events = commands(block(*WATCH))
        for recipe in (here, elsewhere):
            with Running(self.house, recipe) as shown:
                shown.prints("home/front_door").subscribed()
                self.house.moves_the_door()
                shown.prints("Front door opened")
        with Running(self.house, persistent) as shown:
            shown.prints("home/front_door")
        self.house.moves_the_door()
        with Running(self.house, persistent) as shown:
            shown.prints("Front door opened")
        with Running(self.house, events) as shown:
            shown.subscribed()
            self.house.moves_the_door()
            shown.prints("reedgate/home/event")
            assert shown.process.wait(40) == 0 and '"event_type' in shown.printed().replace('\\', ''), shown.printed()

    def signed_command_reaches_the_gateway(self):
        self.house.gateway.end()
        with open(self.house.gateway.configuration, "a") as configuration:
            configuration.write("alarm: {away: {exit_delay: 0s}}\n")
        self.house.gateway.start()
        code = self.house.work / "code"
        code.write_text("2580\n")
        self.house.types("reedgate user add anna --code-from code")
        reply = "mosquitto_sub -h broker.lan -u phone -P \"$PASSWORD\" -t reedgate/home/panel/reply"
        with Running(self.house, reply) as shown:
            shown.subscribed()
            self.house.types(block(*SIGN))
            shown.prints('"action":"ARM_AWAY"')
            # a machine whose clock nobody sets takes no signature at all
            taken = '"accepted":true' in shown.printed() or "clock" in shown.printed()
            assert taken, shown.printed()

    def log_and_outbox_are_shown(self):
        for page in (COMMANDS_LOG, LOG, LOG_WITH_OPTIONS):
            for recipe in commands(block(*page)):
                if "--follow" in recipe:
                    with Running(self.house, recipe) as shown:
                        if "--last 0" not in recipe:
                            shown.prints("Front door opened")
                        before = shown.printed().count("Front door opened")
                        wait_until("it follows", lambda: self._followed(shown, before), 40)
                else:
                    printed = self.house.types(recipe)
                    assert printed or ">" in recipe or "yesterday" in recipe, recipe
        assert "opened" in (self.house.work / "events.csv").read_text()

    def _followed(self, shown, before):
        self.house.moves_the_door()
        return shown.printed().count("Front door opened") > before

    def doctor_looks(self):
        for recipe in commands(block(*DOCTOR)):
            done = subprocess.run(
                ["sh", "-c", recipe], cwd=self.house.work, env=self.house.environment, capture_output=True, text=True,
                timeout=180, check=False,
            )  # fmt: skip
            assert done.returncode in (0, 1) and ("ok" in done.stdout), (recipe, done)

    def topic_of_the_phone_is_made(self):
        printed = self.house.types(block(*TOPIC))
        assert re.fullmatch(r"door-[a-z0-9]{20}\n", printed), printed
        assert self._mode("notify.phone.topic") == 0o600

    def target_on_the_phone_is_configured(self):
        """Without a way to ntfy's server: what is configured, and what the log says then."""
        before = self.house.gateway.configuration.read_text()
        try:
            printed = self.house.types(block(*TARGET))
            assert "is valid" in printed and "phone" in printed, printed
            self.house.restart_gateway()
            test, log = commands(block(*RINGS))
            assert "acknowledged" in self.house.types(test)
            wait_until("the log says that the server was not reached", lambda: "notify_failed" in self.house.types(log), 60)
        finally:
            self.house.gateway.configuration.write_text(before)
            self.house.restart_gateway()

    def password_is_typed(self):
        self.house.types(block(*PASSWORD), given="typed\n")
        assert pathlib.Path("/etc/reedgate/credentials/mqtt.password").read_text() == "typed\n"
        assert self._mode("mqtt.password") == 0o600 and self._mode("") == 0o700

    @staticmethod
    def _mode(name):
        return stat.S_IMODE((pathlib.Path("/etc/reedgate/credentials") / name).stat().st_mode)

    def set_up_by_options(self):
        """From here on this is the gateway's configuration no more."""
        self.house.gateway.end()
        shutil.rmtree("/etc/reedgate")
        (self.house.work / "password.txt").write_text("secret\n")
        self.house.types(block(*INIT))
        assert "is valid" in self.house.types("reedgate check")

    def gateway_is_tried_without_hardware(self):
        """With a broker that lets everybody on this machine in, as mosquitto does that nobody has configured."""
        self.house.broker.stop()
        folder = self.house.folder
        everybody = folder / "everybody.conf"
        everybody.write_text("listener 1883 127.0.0.1\nallow_anonymous true\nuser root\n")
        with subprocess.Popen([PROGRAM, "-c", everybody], stderr=subprocess.DEVNULL) as broker:
            try:
                wait_until("mosquitto listens", lambda: accepts(1883))
                configuration = block("docs/commands.md", "gateway:\n  id: home\nstate_dir: state\n")
                for page, name in ((COMMANDS_TRY, "door.yaml"), (SIMULATOR, "reedgate.yaml")):
                    (self.house.work / name).write_text(configuration)
                    self._tried(commands(block(*page)))
            finally:
                broker.terminate()

    def _tried(self, typed):
        """All but the last go on, each in a terminal of its own."""
        running = []
        try:
            for recipe in typed[:-1]:
                running.append(Running(self.house, recipe))
                running[-1].prints("started: boot" if " run " in recipe else "CLOSED")
            assert self.house.types(typed[-1])
            if len(running) > 1:
                running[-1].prints("Front door opened")
        finally:
            for shown in reversed(running):
                shown.__exit__()

    def checks(self):
        return [
            self.every_block_is_run_or_has_a_reason_not_to_be,
            self.block_that_nobody_runs_is_found,
            self.mosquitto_sub_shows_states_and_alarms,
            self.mosquitto_sub_of_the_command_page_shows_everything,
            self.paho_gets_the_state_and_each_alarm_once,
            self.watch_shows_states_alarms_and_what_was_missed,
            self.log_and_outbox_are_shown,
            self.doctor_looks,
            self.signed_command_reaches_the_gateway,
            self.topic_of_the_phone_is_made,
            self.target_on_the_phone_is_configured,
            self.password_is_typed,
            self.set_up_by_options,
            self.gateway_is_tried_without_hardware,
        ]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=pathlib.Path, default=HERE.parent.parent / "dist/target/reedgate/bin/reedgate")
    parser.add_argument("--report", type=pathlib.Path, help="file for a report in JUnit's format")
    parser.add_argument("--alone", action="store_true", help="these are the namespaces of its own")
    return parser.parse_args()


def main():
    given = arguments()
    if not given.launcher.exists():
        sys.exit(f"no distribution at {given.launcher}: build it first with mvn package")
    if not given.alone:
        go_there("--mount")
    raise_loopback()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reedgate-recipes-"))
    checks = Checks("recipes")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    house = House(given.launcher, folder)
    recipes = Recipes(house)
    try:
        house.start()
        for check in recipes.checks():
            checks.run(check.__name__.replace("_", " "), check)
    finally:
        house.stop()
        if checks.failed():
            print("--- the gateway's log ---\n" + house.gateway.log(), flush=True)
        subprocess.run(["umount", "/etc"], check=True)
        shutil.rmtree(folder)
    if given.report:
        checks.report(given.report)
    print(f"recipes: {len(checks.done) - checks.failed()} passed, {checks.failed()} failed")
    return 1 if checks.failed() or not checks.done else 0


if __name__ == "__main__":
    sys.exit(main())
