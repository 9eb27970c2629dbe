"""Checks of what a broker still has after kill -9."""

from stage import ALARM, STATE
from patience import wait_until


class CrashChecks:
    """Retained states and the messages queued for a phone outlive the broker."""

    def __init__(self, stage):
        self.stage = stage
        self.machine = stage.machine

    def retained_states_and_queued_alarms_survive_kill_9(self):
        with self.stage.phone(keep=True) as phone:
            phone.subscribe(ALARM)
        first = len(self.stage.witness.payloads(ALARM))
        for _ in range(3):
            self.stage.move()
        alarms = self.stage.witness.payloads(ALARM)[first:]
        assert len(alarms) == 3, alarms
        self.stage.house.end()
        wait_until("offline", lambda: self.stage.witness.payloads("reedgate/home/availability")[-1:] == ["offline"])
        self.machine.kill()
        self.machine.start()
        with self.stage.phone(keep=True) as phone:
            assert phone.session_present
            wait_until("three alarms", lambda: len(phone.payloads(ALARM)) >= 3)
            assert phone.payloads(ALARM) == alarms
            phone.subscribe(STATE)
            phone.wait_for(STATE, "closed")
        self.stage.phone().close()

    def gateway_comes_back_by_itself(self):
        self.stage.listen()
        self.stage.house.start()
        wait_until("online", lambda: self.stage.witness.payloads("reedgate/home/availability")[-1:] == ["online"])
        self.stage.move()
        self.machine.kill()
        self.machine.start()
        self.stage.listen()
        wait_until("online again", lambda: self.stage.witness.payloads("reedgate/home/availability")[-1:] == ["online"])
        self.stage.move()

    def checks(self):
        return [self.retained_states_and_queued_alarms_survive_kill_9, self.gateway_comes_back_by_itself]
