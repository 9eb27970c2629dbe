"""Checks of the viewer account: the gateway's commands log in with it, and the gateway stays connected."""

import pathlib
import re
import stat
import subprocess

from client import Client
from machine import Machine
from patience import SECONDS, wait_until
from stage import ROOT, STATE

FORGED = "forged"
INSTALL = pathlib.Path(__file__).resolve().parents[3] / "docs/install.md"
VIEWERS = ("viewer", "viewer-publish", "viewer-doctor")


class ViewerChecks:
    """setup makes the account; watch, publish and doctor use it by default, each with the rights that it needs."""

    def __init__(self, stage):
        self.stage = stage
        self.machine = stage.machine

    def hand_over(self):
        """As it is where the gateway is installed: the password beside the configuration."""
        folder = self.stage.house.folder / "credentials"
        folder.mkdir(exist_ok=True)
        (folder / "viewer.password").write_text(self.machine.password_file("viewer").read_text())

    def client(self, user):
        return Client(self.machine, user, password=self.machine.password("viewer"))

    def command(self, *words):
        return self.stage.house.command(*words, "-c", str(self.stage.house.configuration))

    def setup_makes_the_account_by_default(self):
        assert {f"viewer {user}" for user in VIEWERS} <= set((self.machine.home / "accounts").read_text().splitlines())
        mode = stat.S_IMODE(self.machine.password_file("viewer").stat().st_mode)
        assert mode == 0o600, oct(mode)
        assert not self.machine.password_file("viewer-publish").exists()
        told = self.machine.run("show", "viewer").stdout
        assert "sudo install -m 640 -g reedgate" in told and self.machine.password("viewer") not in told
        assert self.machine.password("viewer") in self.machine.run("show", "viewer", "--show-password").stdout
        assert "viewer      viewer\n" in self.machine.run("status").stdout

    def it_reads_what_the_gateway_tells_and_writes_nothing(self):
        seen = len(self.stage.witness.messages)
        with self.client("viewer") as viewer:
            viewer.subscribe("#", f"{ROOT}/panel/set")
            viewer.wait_for(STATE, "closed")
            for topic in (STATE, f"{ROOT}/panel/set", f"{ROOT}/diagnostics/doctor", "homeassistant/status", "x"):
                viewer.publish(topic, FORGED, retain=True)
            self.stage.move()
            wait_until("an event", lambda: viewer.payloads(f"{ROOT}/event"))
        assert FORGED not in [payload for _, payload, _ in self.stage.witness.messages[seen:]]

    def publish_may_command_and_neither_read_nor_write_more(self):
        seen = len(self.stage.witness.messages)
        with self.client("viewer-publish") as sender, self.stage.phone("shed") as shed:
            shed.subscribe("reedgate/shed/panel/set")
            sender.subscribe("#", STATE, "reedgate/shed/panel/set")
            for topic in (STATE, f"{ROOT}/alarm", "homeassistant/status", "x"):
                sender.publish(topic, FORGED, retain=True)
            sender.publish("reedgate/shed/panel/set", "DISARM 1234")
            shed.wait_for("reedgate/shed/panel/set", "DISARM 1234")
            self.stage.move()
            assert not sender.messages, sender.messages
        assert FORGED not in [payload for _, payload, _ in self.stage.witness.messages[seen:]]

    def doctor_may_use_its_topic_only(self):
        topic, seen = f"{ROOT}/diagnostics/doctor", len(self.stage.witness.messages)
        with self.client("viewer-doctor") as doctor:
            doctor.subscribe("#", topic)
            for other in (STATE, f"{ROOT}/panel/set", f"{ROOT}/diagnostics/watermark", "x"):
                doctor.publish(other, FORGED, retain=True)
            doctor.publish(topic, "a try")
            doctor.wait_for(topic, "a try")
            self.stage.move()
            assert {name for name, _, _ in doctor.messages} == {topic}, doctor.messages
        assert FORGED not in [payload for _, payload, _ in self.stage.witness.messages[seen:]]

    def watch_publish_and_doctor_leave_the_gateway_and_each_other_connected(self):
        self.hand_over()
        check = self.stage.connected_throughout()
        house = self.stage.house
        watch = subprocess.Popen(
            [house.launcher, "watch", "-c", house.configuration, "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=house.environment,
        )
        try:
            assert "connected to" in watch.stderr.readline()
            done = self.command("publish", f"{ROOT}/panel/set", "nonsense")
            assert done.returncode == 0, done
            done = self.command("doctor", "--only", "dns,tcp,tls,login,publish,subscribe,retain")
            assert done.returncode == 0, done
            for line in ("ok    login       user viewer-doctor", "ok    publish", "ok    subscribe", "ok    retain"):
                assert line in done.stdout, done.stdout
            check()
        finally:
            watch.terminate()
            out, err = watch.communicate(timeout=SECONDS)
        assert err == "", err
        assert f'"topic":"{ROOT}/alarm"' in out, out

    def what_the_viewer_may_not_do_is_said(self):
        self.hand_over()
        done = self.command("publish", STATE, FORGED)
        assert done.returncode == 5 and "viewer-publish" in done.stderr, done

    def names_of_the_viewer_are_no_others(self):
        for user in VIEWERS:
            self.machine.run("add-phone", user, expect=2)
            self.machine.run("add-gateway", user, expect=2)
        done = self.machine.run("setup", "--viewer", "perhaps", expect=2)
        assert "neither yes nor no" in done.stderr

    def where_the_gateway_is_installed_nothing_has_to_be_typed(self):
        machine = Machine(self.stage.folder / "installed")
        folder = machine.root / "etc/reedgate/credentials"
        folder.mkdir(parents=True)
        place = folder / "viewer.password"
        try:
            told = machine.set_up("--gateway", "home").stdout
            assert "nothing to do" in told and told.count("Viewer:") == 1, told
            assert place.read_text() == machine.password_file("viewer").read_text()
            assert stat.S_IMODE(place.stat().st_mode) in (0o600, 0o640)
            assert "nothing had to be changed" in machine.run("setup").stdout
            old = place.read_text()
            machine.run("new-password", "viewer-doctor")
            assert place.read_text() == machine.password_file("viewer").read_text() != old
            for user in VIEWERS:
                Client(machine, user, password=machine.password("viewer")).close()
            machine.run("remove", "viewer")
            assert not place.exists() and not machine.password_file("viewer").exists()
            assert "viewer" not in (machine.home / "passwords").read_text() + (machine.home / "access").read_text()
            assert "nothing had to be changed" in machine.run("setup").stdout, "it comes back only if asked for"
            place.write_text("another broker's\n")
            told = machine.run("setup", "--viewer", "yes")
            assert "has another password and stays" in told.stderr and place.read_text() == "another broker's\n", told
            machine.run("setup", "--viewer", "no")
            assert place.read_text() == "another broker's\n"
            assert "viewer" not in (machine.home / "access").read_text()
        finally:
            machine.stop()

    def run_that_is_refused_leaves_the_password(self):
        machine = Machine(self.stage.folder / "refused")
        folder = machine.root / "etc/reedgate/credentials"
        folder.mkdir(parents=True)
        try:
            machine.set_up("--gateway", "home")
            password = machine.password_file("viewer").read_text()
            machine.run("setup", "--viewer", "no", "--phone", "home", expect=2)
            assert machine.password_file("viewer").read_text() == (folder / "viewer.password").read_text() == password
            # the files may be deleted once the passwords were handed over
            machine.password_file("viewer").unlink()
            machine.run("remove", "viewer")
            assert not (folder / "viewer.password").exists()
        finally:
            machine.stop()

    def commands_of_the_documents_work(self):
        typed = re.findall(r"^sudo (?:\./broker/)?reedgate-broker (setup .*)$", INSTALL.read_text(), re.MULTILINE)
        assert typed, "docs/install.md sets no broker up any more"
        for number, words in enumerate(typed):
            machine = Machine(self.stage.folder / f"typed-{number}")
            try:
                machine.set_up(*words.split()[1:])
                assert machine.password_file("viewer").exists()
            finally:
                machine.stop()

    def phone_that_is_called_viewer_keeps_its_account(self):
        machine = Machine(self.stage.folder / "called-viewer")
        try:
            machine.set_up("--gateway", "home", "--viewer", "no")
            machine.run("add-phone", "viewer")
            done = machine.run("setup", "--viewer", "yes")
            assert "'viewer' is the account of a phone already" in done.stderr
            assert "phone viewer *" in (machine.home / "accounts").read_text()
            assert "viewer-publish" not in (machine.home / "accounts").read_text()
        finally:
            machine.stop()

    def checks(self):
        return [
            self.setup_makes_the_account_by_default,
            self.it_reads_what_the_gateway_tells_and_writes_nothing,
            self.publish_may_command_and_neither_read_nor_write_more,
            self.doctor_may_use_its_topic_only,
            self.watch_publish_and_doctor_leave_the_gateway_and_each_other_connected,
            self.what_the_viewer_may_not_do_is_said,
            self.names_of_the_viewer_are_no_others,
            self.where_the_gateway_is_installed_nothing_has_to_be_typed,
            self.run_that_is_refused_leaves_the_password,
            self.commands_of_the_documents_work,
            self.phone_that_is_called_viewer_keeps_its_account,
        ]
