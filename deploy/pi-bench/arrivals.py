"""What the subscriber inside the guest wrote down, one JSON object a line."""

import datetime
import json


class Arrivals:
    """The messages in the order of their arrival."""

    def __init__(self, file):
        self.messages = []
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                self.messages.append(json.loads(line))
            except json.JSONDecodeError as e:
                raise AssertionError(f"the witness wrote {line!r}") from e

    def events(self, *types):
        """All events, or those of the given types, each once: a repeated one has the id of the first."""
        found = {}
        for message in self.messages:
            if message["topic"] == "reedgate/home/event":
                event = json.loads(message["payload"])
                if not types or event["event_type"] in types:
                    found.setdefault(event["id"], event)
        return list(found.values())

    def between(self, begin, end):
        """What came between two marks."""
        marks = {m["payload"]: i for i, m in enumerate(self.messages) if m["topic"] == "reedgate/bench/mark/state"}
        part = Arrivals.__new__(Arrivals)
        part.messages = self.messages[marks[begin] + 1 : marks[end]]
        return part

    def state(self, sensor):
        """The last state, or None."""
        states = [m["payload"] for m in self.messages if m["topic"] == f"reedgate/home/{sensor}/state"]
        return states[-1] if states else None

    def first_state(self, sensor):
        """When the sensor's first state came."""
        for message in self.messages:
            if message["topic"] == f"reedgate/home/{sensor}/state":
                return datetime.datetime.strptime(message["tst"], "%Y-%m-%dT%H:%M:%S.%f%z")
        raise AssertionError(f"no state of {sensor} ever came")

    def alarms(self):
        """The alarms' ids, each once, in order."""
        ids = [
            m["properties"]["user-properties"]["id"]
            for m in self.messages
            if m["topic"] == "reedgate/home/alarm"
        ]
        return list(dict.fromkeys(ids))

    def assert_nothing_is_missing(self):
        """Every number from the first event to the last is there, but those that a started event gives up."""
        numbers = {event["seq"] for event in self.events()}
        for event in self.events("started"):
            skipped = event.get("skipped")
            if skipped:
                numbers |= set(range(skipped["from"], skipped["to"] + 1))
        missing = sorted(set(range(min(numbers), max(numbers) + 1)) - numbers)
        assert not missing, f"events {missing} never arrived"
