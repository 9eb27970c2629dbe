"""Checks of who may do what."""

import json

from client import Client, Refused
from house import House
from stage import AVAILABILITY, ROOT, STATE
from patience import wait_until

FORGED = "forged"
DESCRIPTION = "homeassistant/device/reedgate_home/config"


class AccountChecks:
    """Gateways write their own topics only, phones none; nobody else gets in."""

    def __init__(self, stage):
        self.stage = stage
        self.machine = stage.machine

    def refused(self, user, password=None, **options):
        try:
            Client(self.machine, user, password=password, **options).close()
        except Refused as refusal:
            return refusal.code
        raise AssertionError(f"{user} got in")

    def gateway_publishes_with_what_was_printed(self):
        assert "online" in self.stage.witness.payloads(AVAILABILITY)
        with self.stage.phone() as phone:
            phone.subscribe(STATE, AVAILABILITY)
            phone.wait_for(STATE, "closed")
            phone.wait_for(AVAILABILITY, "online")
            assert all(retained for _, _, retained in phone.messages), phone.messages
        self.stage.move()

    def gateway_publishes_over_websockets(self):
        shed = House(self.stage.launcher, self.machine, "shed", self.stage.folder / "shed", websockets=True)
        shed.start()
        try:
            self.stage.witness.wait_for("reedgate/shed/availability", "online")
            self.stage.witness.wait_for("reedgate/shed/front_door/state", "closed")
        finally:
            shed.end()
        self.stage.witness.wait_for("reedgate/shed/availability", "offline")

    def phone_reads_over_websockets(self):
        with self.stage.phone(transport="websockets") as phone:
            phone.subscribe(STATE)
            phone.wait_for(STATE, "closed")

    def gateway_reads_its_own_watermark(self):
        assert "watermark" not in self.stage.house.log().lower(), "a warning that it may not"

    def phone_of_mqtt_3_reads(self):
        with self.stage.phone(version=4) as phone:
            phone.subscribe(STATE)
            phone.wait_for(STATE, "closed")

    def phone_cannot_write(self):
        seen = len(self.stage.witness.messages)
        with self.stage.phone() as phone:
            phone.subscribe(STATE)
            for topic in (STATE, f"{ROOT}/alarm", f"{ROOT}/panel/reply", "reedgate/x", "x", "$SYS/x", "homeassistant/x"):
                phone.publish(topic, FORGED, retain=True)
        self.nothing_forged_since(seen)

    def nothing_forged_since(self, seen):
        self.stage.move()
        assert FORGED not in [payload for _, payload, _ in self.stage.witness.messages[seen:]]
        with self.stage.phone() as later:
            later.subscribe("#")
            later.wait_for(STATE, "closed")
            assert FORGED not in [payload for _, payload, _ in later.messages], later.messages

    def denied_publish_is_told_in_mqtt_5(self):
        done = self.stage.house.command(
            "publish", "--broker", f"mqtts://localhost:{self.machine.port}", "--user", "anna", "--password-file",
            str(self.machine.password_file("anna")), "--ca-file", str(self.machine.ca), STATE, FORGED,
        )
        assert done.returncode == 5, done

    def other_gateway_neither_reads_nor_writes(self):
        seen = len(self.stage.witness.messages)
        marker = "reedgate/shed/diagnostics/marker"
        with self.stage.phone("shed") as shed:
            shed.subscribe("#", "reedgate/#", f"{ROOT}/#", "$SYS/#", marker)
            shed.publish(STATE, FORGED, retain=True)
            shed.publish(f"{ROOT}/panel/set", FORGED)
            self.stage.move()
            shed.publish(marker, "end")
            shed.wait_for(marker, "end")
            assert all(topic.startswith("reedgate/shed/diagnostics") for topic, _, _ in shed.messages), shed.messages
        self.nothing_forged_since(seen)

    def phone_of_one_gateway_sees_that_one_only(self):
        with self.stage.phone("carl") as carl:
            carl.subscribe("#")
            carl.wait_for(STATE, "closed")
            self.stage.witness.wait_for("reedgate/shed/availability", "offline")
            self.stage.move()
            wait_until("an event", lambda: carl.payloads(f"{ROOT}/event"))
            assert all(topic.startswith(ROOT + "/") or topic == DESCRIPTION for topic, _, _ in carl.messages), carl.messages

    def commands_to_the_panel_are_not_read_by_phones(self):
        marker = "reedgate/shed/diagnostics/marker"
        with self.stage.phone() as phone, self.stage.phone("shed") as shed:
            phone.subscribe("#", "reedgate/shed/panel/set")
            shed.subscribe("reedgate/shed/panel/set")
            phone.publish("reedgate/shed/panel/set", "DISARM 1234")
            shed.wait_for("reedgate/shed/panel/set", "DISARM 1234")
            shed.publish(marker, "behind it")
            phone.wait_for(marker, "behind it")
            assert not phone.payloads("reedgate/shed/panel/set"), phone.messages

    def phone_of_one_gateway_commands_that_one_only(self):
        with self.stage.phone("carl") as carl, self.stage.phone("shed") as shed:
            shed.subscribe("reedgate/shed/panel/set")
            carl.publish("reedgate/shed/panel/set", FORGED)
            marker = "reedgate/shed/diagnostics/marker"
            shed.subscribe(marker)
            self.stage.move()
            shed.publish(marker, "behind it")
            shed.wait_for(marker, "behind it")
            assert not shed.payloads("reedgate/shed/panel/set"), shed.messages

    def home_assistant_finds_the_gateway_and_presses_its_button(self):
        with self.stage.phone() as server:
            server.subscribe("homeassistant/+/+/config", "homeassistant/+/+/+/config")
            wait_until("the description", lambda: server.payloads(DESCRIPTION))
            described = json.loads(server.payloads(DESCRIPTION)[0])
            assert described["components"]["front_door_contact"]["state_topic"] == STATE, described
            button = described["components"]["gateway_test"]
            server.publish("homeassistant/status", "online")
            wait_until("it again", lambda: [live for topic, _, live in server.messages if topic == DESCRIPTION][1:] == [False])
            server.publish(button["command_topic"], button["payload_press"])
            wait_until("a test", lambda: "test" in [event["event_type"] for event in self.stage.events()])

    def descriptions_are_written_by_their_own_gateway_only(self):
        other = "homeassistant/device/reedgate_shed/config"
        with self.stage.phone("shed") as shed, self.stage.phone() as anna, self.stage.phone("carl") as carl:
            anna.subscribe("homeassistant/#")
            carl.subscribe("homeassistant/#", f"{ROOT}/event")
            shed.publish(DESCRIPTION, FORGED, retain=True)
            anna.publish(DESCRIPTION, FORGED, retain=True)
            anna.publish(other, FORGED, retain=True)
            shed.publish(other, "{}", retain=True)
            anna.wait_for(other, "{}")
            assert FORGED not in [payload for _, payload, _ in anna.messages], anna.messages
            shed.publish(other, "", retain=True)
            self.stage.move()
            wait_until("an event", lambda: carl.payloads(f"{ROOT}/event"))
            assert not carl.payloads(other), carl.messages

    def monitor_gets_the_log_of_each_gateway_that_it_asks(self):
        answer = "reedgate-monitor/office/log/home"
        self.stage.move()
        newest = self.stage.events()[-1]["seq"]
        with self.stage.phone("office") as office:
            office.subscribe(f"{ROOT}/event", "reedgate-monitor/office/#")
            office.ask(f"{ROOT}/log/get", json.dumps({"from": 1, "to": newest}), answer)
            wait_until("the end", lambda: any("end" in json.loads(each) for each in office.payloads(answer)))
            lines = [json.loads(each) for each in office.payloads(answer)]
            assert [line["seq"] for line in lines[:-1]] == list(range(1, newest + 1)), lines
            assert lines[-1] == {"from": 1, "to": newest, "missing": [], "end": True}, lines[-1]
            self.stage.move()
            wait_until("an event", lambda: office.payloads(f"{ROOT}/event"))

    def only_a_monitor_asks_for_the_log_and_reads_the_answer(self):
        answer = "reedgate-monitor/office/log/home"
        marker = "reedgate-monitor/office/marker"
        with self.stage.phone("office") as office, self.stage.phone("anna") as anna, self.stage.phone("shed") as shed:
            office.subscribe("reedgate-monitor/#", "reedgate/home/panel/set", "reedgate/home/log/get")
            anna.subscribe("reedgate-monitor/#", "reedgate/home/log/get", f"{ROOT}/event")
            for other in (anna, shed):
                other.ask(f"{ROOT}/log/get", '{"from":1,"to":1}', answer)
                other.publish(answer, FORGED)
                other.publish(marker, FORGED)
            anna.publish("reedgate/home/panel/set", FORGED)
            office.publish(f"{ROOT}/state", FORGED)
            office.ask(f"{ROOT}/log/get", '{"from":1,"to":1}', "reedgate-monitor/other/log/home")
            self.stage.move()
            office.publish(marker, "behind it")
            office.wait_for(marker, "behind it")
            wait_until("an event", lambda: anna.payloads(f"{ROOT}/event"))
            got = {topic for topic, _, _ in office.messages}
            assert got == {marker} and FORGED not in [text for _, text, _ in office.messages], office.messages
            assert {topic for topic, _, _ in anna.messages} == {f"{ROOT}/event"}, anna.messages

    def strangers_are_refused(self):
        assert self.refused(None) in (4, 5, 134, 135)
        assert self.refused("anna", password="") in (4, 5, 134, 135)
        assert self.refused("anna", password=self.machine.password("home")) in (4, 5, 134, 135)
        assert self.refused("stranger", password="x") in (4, 5, 134, 135)
        assert self.refused(None, transport="websockets") in (4, 5, 134, 135)
        assert self.refused(None, version=4) in (4, 5)

    def client_id_of_another_account_pushes_nobody_out(self):
        check = self.stage.connected_throughout()
        for client_id in ("home", "reedgate-home"):
            with self.stage.phone(client_id=client_id) as phone:
                phone.subscribe(STATE)
                phone.wait_for(STATE, "closed")
                assert not phone.disconnected.is_set()
        check()

    def session_of_another_account_is_not_taken_over(self):
        with self.stage.phone("carl", client_id="x", keep=True) as carl:
            carl.subscribe("reedgate/home/alarm")
        with self.stage.phone("anna", client_id="carl", keep=True) as anna:
            assert not anna.session_present
        with self.stage.phone("carl", client_id="y", keep=True) as carl:
            assert carl.session_present
        for user in ("anna", "carl"):
            self.stage.phone(user).close()

    def adding_a_gateway_leaves_the_others_alone(self):
        names = ("passwords", "access")
        before = {name: (self.machine.home / name).read_text() for name in names}
        told, process = len(self.machine.told()), self.machine.process()
        check = self.stage.connected_throughout()
        self.machine.run("add-gateway", "garage")
        assert self.machine.told()[told:] == ["reload"] and self.machine.process() == process
        for name in names:
            after = (self.machine.home / name).read_text()
            assert "garage" in after
            assert set(before[name].splitlines()) <= set(after.splitlines()), name
        wait_until("the new account works", self.garage_gets_in)
        check()
        assert not self.stage.witness.disconnected.is_set()

    def garage_gets_in(self):
        try:
            with self.stage.phone("garage") as garage:
                garage.publish("reedgate/garage/availability", "online")
        except Refused:
            return False
        return "online" in self.stage.witness.payloads("reedgate/garage/availability")

    def a_new_password_ends_the_old_one(self):
        old = self.machine.password("garage")
        others = [line for line in (self.machine.home / "passwords").read_text().splitlines() if not line.startswith("garage:")]
        self.machine.run("new-password", "garage")
        assert self.machine.password("garage") != old
        now = (self.machine.home / "passwords").read_text().splitlines()
        assert set(others) <= set(now) and len(now) == len(others) + 1
        wait_until("the new password works", self.garage_gets_in)
        assert self.refused("garage", password=old) in (4, 5, 134, 135)

    def a_removed_gateway_is_thrown_out(self):
        password = self.machine.password("garage")
        check = self.stage.connected_throughout()
        with self.stage.phone("garage") as garage:
            self.machine.run("remove", "garage")
            wait_until("its connection is closed", garage.disconnected.is_set)
        assert self.refused("garage", password=password) in (4, 5, 134, 135)
        assert not self.machine.password_file("garage").exists()
        for name in ("passwords", "access", "accounts"):
            assert "garage" not in (self.machine.home / name).read_text()
        check()

    def a_phone_of_a_removed_gateway_reads_nothing(self):
        self.machine.run("add-gateway", "attic")
        self.machine.run("add-phone", "emil", "--gateway", "attic")
        self.machine.run("remove", "attic")
        assert "phone emil -" in (self.machine.home / "accounts").read_text()
        assert "user emil\n" == (self.machine.home / "access").read_text().partition("user emil\n")[1]
        rest = (self.machine.home / "access").read_text().partition("user emil\n")[2].partition("\nuser")[0]
        rules = [line for line in rest.splitlines() if line and not line.startswith("#")]
        assert not rules, rules
        self.machine.run("remove", "emil")

    def the_witness_saw_every_number(self):
        numbers = sorted({json.loads(payload)["seq"] for payload in self.stage.witness.payloads(f"{ROOT}/event")})
        assert numbers == list(range(numbers[0], numbers[-1] + 1)), numbers

    def checks(self):
        return [
            self.gateway_publishes_with_what_was_printed,
            self.gateway_publishes_over_websockets,
            self.phone_reads_over_websockets,
            self.phone_of_mqtt_3_reads,
            self.gateway_reads_its_own_watermark,
            self.phone_cannot_write,
            self.denied_publish_is_told_in_mqtt_5,
            self.other_gateway_neither_reads_nor_writes,
            self.phone_of_one_gateway_sees_that_one_only,
            self.commands_to_the_panel_are_not_read_by_phones,
            self.phone_of_one_gateway_commands_that_one_only,
            self.home_assistant_finds_the_gateway_and_presses_its_button,
            self.descriptions_are_written_by_their_own_gateway_only,
            self.monitor_gets_the_log_of_each_gateway_that_it_asks,
            self.only_a_monitor_asks_for_the_log_and_reads_the_answer,
            self.strangers_are_refused,
            self.client_id_of_another_account_pushes_nobody_out,
            self.session_of_another_account_is_not_taken_over,
            self.adding_a_gateway_leaves_the_others_alone,
            self.a_new_password_ends_the_old_one,
            self.a_removed_gateway_is_thrown_out,
            self.a_phone_of_a_removed_gateway_reads_nothing,
            self.the_witness_saw_every_number,
        ]
