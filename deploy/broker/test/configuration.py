"""Checks of what is written, and of what is left alone."""

import os
import stat
import subprocess

from machine import PROGRAM, Machine
from patience import SECONDS
from stage import ALARM

BAD_IDS = ["Home", "a+b", "#", "a/b", "$SYS", "", "x" * 33, "türe", "a\nb", "a b", "a:b", "a,b", "*", "../x", "."]


class ConfigurationChecks:
    """setup, run again, told nonsense, put beside another configuration."""

    def __init__(self, stage):
        self.stage = stage
        self.machine = stage.machine

    def fresh(self, name):
        return Machine(self.stage.folder / name)

    def the_script_is_clean(self):
        done = subprocess.run(
            ["shellcheck", "-x", "-P", "SCRIPTDIR", PROGRAM], capture_output=True, text=True, timeout=SECONDS, check=False
        )
        assert done.returncode == 0, done.stdout

    def keys_and_passwords_are_for_their_owner_only(self):
        for name in ("ca/ca.key", "passwords", "access", "settings", "accounts", "credentials/home.password"):
            mode = stat.S_IMODE((self.machine.home / name).stat().st_mode)
            assert mode == 0o600, (name, oct(mode))
        assert stat.S_IMODE((self.machine.home / "server.key").stat().st_mode) == 0o640
        for name in ("ca", "credentials"):
            assert stat.S_IMODE((self.machine.home / name).stat().st_mode) == 0o700, name

    def from_now_on_the_broker_starts_with_the_machine(self):
        assert self.machine.told()[:2] == ["enable", "restart"], self.machine.told()

    def no_password_is_printed_or_on_a_command_line(self):
        folder = self.stage.folder / "spied-upon"
        machine = Machine(folder)
        spy = folder / "bin"
        spy.mkdir()
        for name in ("mosquitto_passwd", "openssl", "sed", "cat"):
            (spy / name).write_text(f'#!/bin/sh\necho "$0 $*" >>{folder}/seen\nexec /usr/bin/{name} "$@"\n')
            (spy / name).chmod(0o755)
        path = {"PATH": f"{spy}:{os.environ['PATH']}"}
        try:
            told = machine.set_up("--gateway", "home", "--phone", "anna", environment=path)
        finally:
            machine.stop()
        seen = (folder / "seen").read_text()
        assert "mosquitto_passwd -U" in seen, seen
        for user in ("home", "anna"):
            password = machine.password(user)
            assert len(password) == 23, "5 letters four times"
            assert password not in told.stdout + told.stderr + seen
            assert password not in (machine.home / "passwords").read_text()

    def a_second_run_changes_no_byte_and_touches_no_service(self):
        before, told, process = self.machine.fingerprint(), self.machine.told(), self.machine.process()
        check = self.stage.connected_throughout()
        assert len(before) > 15, before
        assert "nothing had to be changed" in self.machine.set_up("--gateway", "home", "--phone", "anna").stdout
        assert "nothing had to be changed" in self.machine.run("setup").stdout
        self.machine.run("add-gateway", "home")
        self.machine.run("add-phone", "carl", "--gateway", "home")
        self.machine.run("add-monitor", "office")
        self.machine.run("renew", "--if-due")
        assert self.machine.fingerprint() == before
        assert self.machine.told() == told and self.machine.process() == process
        check()

    def print_shows_all_and_does_nothing(self):
        machine = self.fresh("printed")
        before = machine.fingerprint()
        told = machine.set_up_bound("--gateway", "home", "--print").stdout
        assert f"listener {machine.port} 127.0.0.1" in told and "topic write reedgate/home/#" in told, told
        assert machine.fingerprint() == before and not machine.told()
        assert not machine.home.exists()
        before = self.machine.fingerprint()
        told = self.machine.run("add-gateway", "garage", "--print").stdout
        assert "user garage" in told and self.machine.password("home") not in told
        assert self.machine.fingerprint() == before

    def wrong_names_are_refused_and_change_nothing(self):
        before = self.machine.fingerprint()
        for bad in BAD_IDS:
            for command in ("add-gateway", "add-phone", "add-monitor", "remove", "new-password", "show"):
                done = self.machine.run(command, "--", bad, expect=2)
                assert not done.stdout and done.stderr, (command, bad)
            self.machine.run("setup", "--gateway", bad, expect=2)
        self.machine.run("add-phone", "dora", "--gateway", "nowhere", expect=2)
        self.machine.run("add-phone", "home", expect=2)
        self.machine.run("add-gateway", "anna", expect=2)
        self.machine.run("add-monitor", "anna", expect=2)
        self.machine.run("add-phone", "office", expect=2)
        self.machine.run("remove", "nobody", expect=1)
        assert self.machine.fingerprint() == before

    def wrong_options_are_refused_and_change_nothing(self):
        before = self.machine.fingerprint()
        for words in (
            ("--port", "1883"), ("--port", "0"), ("--port", "65536"), ("--port", "x"), ("--port",), ("--ws-port", "-1"),
            ("--port", "8999", "--ws-port", "8999"), ("--name", "a b"), ("--name", "*.lan"), ("--name", "a,DNS:b"),
            ("--name", "300.1.1.1"), ("--bind", "lan"), ("--prefix", "a//b"), ("--prefix", "a/#"), ("--prefix", ""),
            ("--monitor-prefix", "a/#"), ("--monitor-prefix", "reedgate"), ("--monitor-prefix", "reedgate/monitor"),
            ("--prefix", "reedgate-monitor"), ("--prefix", "reedgate-monitor/a"),
            ("--monitor-prefix", "homeassistant"), ("--monitor-prefix", "homeassistant/sensor"), ("--monitor-prefix", "$SYS"),
            ("--monitor-prefix", "$SYS/broker"), ("--monitor-prefix", "+"), ("--monitor-prefix", "a/+/b"), ("--monitor-prefix", "#"),
            ("--monitor-prefix", ""), ("--monitor-prefix", "/a"), ("--monitor-prefix", "a/"), ("--monitor-prefix", "a//b"),
            ("--certificate", "/nowhere"), ("--key", str(self.machine.ca)), ("--if-due",), ("--walk",), ("more", "words"),
        ):
            done = self.machine.run("setup", *words, expect=2)
            assert not done.stdout and done.stderr.startswith("reedgate-broker: "), (words, done)
        self.machine.run("walk", expect=2)
        assert "Exit codes" in self.machine.run("--help").stdout
        assert self.machine.fingerprint() == before

    def another_configuration_is_left_alone(self):
        for line in ("listener 1883", "per_listener_settings true", "allow_anonymous true", "  acl_file /x", "persistence false"):
            machine = self.fresh(f"beside-{line.split()[0]}")
            other = machine.root / "etc/mosquitto/conf.d/mine.conf"
            other.write_text(f"# mine\n{line}\n")
            done = machine.set_up(expect=3)
            assert f"{other}:2:{line}" in done.stderr and not machine.told(), done.stderr
            assert not machine.configuration.exists()

    def lines_that_do_no_harm_may_stay(self):
        machine = self.fresh("beside-harmless")
        (machine.root / "etc/mosquitto/conf.d/mine.conf").write_text("# listener 1883\nlog_type all\npersistence true\n")
        try:
            machine.set_up()
            assert machine.accepts()
        finally:
            machine.stop()

    def a_configuration_that_nobody_reads_is_told(self):
        machine = self.fresh("unread")
        main = machine.root / "etc/mosquitto/mosquitto.conf"
        main.write_text(main.read_text().replace("include_dir", "#include_dir"))
        assert "add the line: include_dir" in machine.set_up(expect=3).stderr

    def a_change_by_hand_is_not_overwritten(self):
        text = self.machine.configuration.read_text()
        self.machine.configuration.write_text(text.replace("max_keepalive 3600", "max_keepalive 60"))
        try:
            before = self.machine.fingerprint()
            assert "changed by hand" in self.machine.run("add-gateway", "garage", expect=3).stderr
            assert self.machine.fingerprint() == before
        finally:
            self.machine.configuration.write_text(text)
        self.machine.run("setup")

    def a_port_in_use_is_told_before_anything_is_written(self):
        machine = self.fresh("taken")
        machine.port = self.machine.port
        assert "is taken" in machine.set_up(expect=1).stderr
        assert not machine.configuration.exists() and not machine.told()

    def a_broker_that_does_not_come_up_gets_its_former_configuration_back(self):
        machine = self.fresh("rollback")
        try:
            machine.set_up("--gateway", "home")
            before = machine.configuration.read_text()
            done = machine.run("setup", "--bind", "192.0.2.77", expect=1)
            assert "does not come up" in done.stderr, done.stderr
            assert machine.configuration.read_text() == before
            assert "192.0.2.77" in (machine.home / "refused.conf").read_text()
            assert machine.accepts()
            assert "nothing had to be changed" in machine.run("setup").stdout
        finally:
            machine.stop()

    def bound_broker_listens_nowhere_else(self):
        machine = self.fresh("bound")
        assert "on all addresses" in machine.set_up("--bind", "127.0.0.1", expect=2).stderr
        assert not machine.configuration.exists()
        try:
            done = machine.set_up_bound("--gateway", "home")
            assert "no WebSockets" in done.stderr, done.stderr
            assert machine.listens() == {f"0100007F:{machine.port:04X}"}, machine.listens()
            assert "WebSockets" not in machine.run("show", "home").stdout
            assert "nothing had to be changed" in machine.run("setup").stdout
            settings = machine.home / "settings"
            settings.write_text(settings.read_text().replace("ws_port=none", f"ws_port={machine.ws_port}"))
            machine.run("setup")  # one that a former version has bound
            assert machine.listens() == {f"0100007F:{machine.port:04X}"}, machine.listens()
        finally:
            machine.stop()

    def plugins_of_a_later_mosquitto_are_used_where_they_are(self):
        machine = self.fresh("later")
        programs = self.stage.folder / "later-programs"
        programs.mkdir()
        fake = programs / "mosquitto"
        fake.write_text("#!/bin/sh\necho 'mosquitto version 2.1.0'\nexit 3\n")
        fake.chmod(0o755)
        path = {"PATH": f"{programs}:{os.environ['PATH']}"}
        words = ("setup", "--bind", "127.0.0.1", "--port", str(machine.port), "--ws-port", str(machine.ws_port), "--print")
        told = machine.run(*words, environment=path).stdout
        assert f"listener {machine.ws_port} 127.0.0.1\nprotocol websockets" in told, told
        assert f"\npassword_file {machine.home}/passwords\nacl_file {machine.home}/access\n" in told, told
        plugins = machine.root / "usr/lib/aarch64-linux-gnu"
        plugins.mkdir(parents=True)
        for name in ("password", "acl"):
            (plugins / f"mosquitto_{name}_file.so").touch()
        told = machine.run(*words, environment=path).stdout
        for name, file in (("password", "passwords"), ("acl", "access")):
            lines = f"\nplugin {plugins}/mosquitto_{name}_file.so\nplugin_opt_{name}_file {machine.home}/{file}\n"
            assert lines in told, (lines, told)
        assert "\npassword_file" not in told and "\nacl_file" not in told, told
        assert "\npassword_file" in machine.run(*words[:-3], "--print").stdout

    def broker_that_ends_at_a_reload_is_started_again(self):
        machine = self.fresh("reload")
        try:
            machine.set_up_bound("--gateway", "home")
            with (machine.home / "passwords").open("a") as passwords:
                passwords.write("home:nonsense\n\nhome:$7$101$twice$twice\n")
            text = machine.service.read_text()
            assert "exec kill -HUP" in text
            machine.service.write_text(text.replace("exec kill -HUP", "exec kill -KILL"))
            machine.run("add-gateway", "shed")
            assert machine.told()[-3:] == ["reload", "enable", "restart"], machine.told()
            assert machine.accepts()
            lines = (machine.home / "passwords").read_text().splitlines()
            users = [line.split(":")[0] for line in lines if not line.startswith("#")]
            assert users == ["home", "shed", "viewer", "viewer-doctor", "viewer-publish"], lines
        finally:
            machine.stop()

    def password_that_was_cut_short_is_hashed_anew(self):
        machine = self.fresh("cut-short")
        try:
            machine.set_up_bound("--gateway", "home")
            passwords = machine.home / "passwords"
            whole = next(line for line in passwords.read_text().splitlines() if line.startswith("home:"))
            prefix, hashed = whole.rsplit("$", 1)
            for left, is_kept in ((prefix, False), (f"{prefix}$", False), (f"{prefix}$!{hashed}", False), ("home:", False),
                                  (whole, True)):
                passwords.write_text(f"{left}\n")
                machine.run("setup")
                lines = [line for line in passwords.read_text().splitlines() if line.startswith("home:")]
                assert len(lines) == 1, lines
                assert (lines[0] == left) == is_kept, (left, lines)
                assert is_kept or lines[0].count("$") == whole.count("$"), (left, lines)
        finally:
            machine.stop()

    def renewal_does_not_need_the_package_of_the_gateway(self):
        unit = (self.machine.root / "etc/systemd/system/reedgate-broker.service").read_text()
        program = next(line for line in unit.splitlines() if line.startswith("ExecStart=")).split("=", 1)[1].split()[0]
        assert program == f"{self.machine.root}/usr/local/lib/reedgate-broker/reedgate-broker", unit
        assert os.access(program, os.X_OK)

    def a_run_that_was_cut_off_is_finished_by_the_next(self):
        (self.machine.home / "pending").write_text("reload")
        told = len(self.machine.told())
        self.machine.run("setup")
        assert self.machine.told()[told:] == ["reload"]
        assert not (self.machine.home / "pending").exists()

    def status_tells_what_is_there(self):
        told = self.machine.run("status").stdout
        for part in (f"port {self.machine.port}", "answers     yes", "server.crt  lasts for 7", "ca.crt      lasts for 36",
                     "gateway     home", "phone       anna, reads *", "phone       carl, reads home"):
            assert part in told, (part, told)
        assert self.machine.printed_value("anna", "user") == "anna"
        assert ALARM.replace("home", "+") in self.machine.run("show", "anna").stdout
        assert self.machine.password("anna") in self.machine.run("show", "anna", "--show-password").stdout

    def checks(self):
        return [
            self.the_script_is_clean,
            self.keys_and_passwords_are_for_their_owner_only,
            self.from_now_on_the_broker_starts_with_the_machine,
            self.no_password_is_printed_or_on_a_command_line,
            self.a_second_run_changes_no_byte_and_touches_no_service,
            self.print_shows_all_and_does_nothing,
            self.wrong_names_are_refused_and_change_nothing,
            self.wrong_options_are_refused_and_change_nothing,
            self.another_configuration_is_left_alone,
            self.lines_that_do_no_harm_may_stay,
            self.a_configuration_that_nobody_reads_is_told,
            self.a_change_by_hand_is_not_overwritten,
            self.a_port_in_use_is_told_before_anything_is_written,
            self.a_broker_that_does_not_come_up_gets_its_former_configuration_back,
            self.bound_broker_listens_nowhere_else,
            self.plugins_of_a_later_mosquitto_are_used_where_they_are,
            self.broker_that_ends_at_a_reload_is_started_again,
            self.password_that_was_cut_short_is_hashed_anew,
            self.renewal_does_not_need_the_package_of_the_gateway,
            self.a_run_that_was_cut_off_is_finished_by_the_next,
            self.status_tells_what_is_there,
        ]
