"""Reads descriptions by the rules that Home Assistant documents, with Jinja2, the engine of its templates.

Like Home Assistant it knows nothing of the gateway but its descriptions: it reads and writes no other topics than they name.
"""

import json
import threading
from datetime import datetime

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from paho.mqtt import client as mqtt

PANEL_STATES = "disarmed arming armed_home armed_away armed_night pending triggered".split()
TEMPLATES = ImmutableSandboxedEnvironment(undefined=StrictUndefined)  # for Home Assistant it is a warning in its log


def client(name):
    if hasattr(mqtt, "CallbackAPIVersion"):  # since paho 2
        return mqtt.Client(mqtt.CallbackAPIVersion.VERSION1, client_id=name)
    return mqtt.Client(client_id=name)


def render(template, **variables):
    return TEMPLATES.from_string(template).render(**variables).strip()


class Entity:
    """An entity or a device trigger; not safe for use by several threads."""

    def __init__(self, platform, fields):
        self.platform = platform
        self.fields = fields
        self.available = "availability_topic" not in fields
        self.state = None  # as long as it is unknown
        self.attributes = {}
        self.heard = []  # all event types, or how often the trigger fired

    def topics(self):
        return {value for key, value in self.fields.items() if key.endswith("topic") and key != "command_topic"}

    def take(self, topic, payload, retained):
        if topic == self.fields.get("availability_topic"):
            self.available = payload == "online"
        if topic == self.fields.get("json_attributes_topic"):
            self.attributes = json.loads(payload)
        if topic == self.fields.get("state_topic") or topic == self.fields.get("topic"):
            value = self._value(payload)
            getattr(self, "_" + self.platform)(value, retained)

    def _value(self, payload):
        if "value_template" not in self.fields:
            return payload
        try:
            variables = {"value": payload, "value_json": json.loads(payload)}
        except ValueError:
            variables = {"value": payload}
        return render(self.fields["value_template"], **variables)

    def _sensor(self, value, _):
        assert 0 < len(value) <= 255, value
        self.state = None if value == "None" else value
        if "options" in self.fields and self.state is not None:
            assert self.state in self.fields["options"], value
        if self.fields.get("device_class") == "timestamp" and self.state is not None:
            assert datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None, value

    def _binary_sensor(self, value, _):
        known = {self.fields.get("payload_on", "ON"): "on", self.fields.get("payload_off", "OFF"): "off", "None": None}
        self.state = known[value]

    def _alarm_control_panel(self, value, _):
        assert value in PANEL_STATES, value
        self.state = value

    def _event(self, value, retained):
        if retained or value in ("", "{}"):
            return
        told = json.loads(value)
        assert told["event_type"] in self.fields["event_types"], value
        self.state = told["event_type"]
        self.attributes = told
        self.heard.append(told["event_type"])

    def _device_automation(self, value, retained):
        if value == self.fields["payload"] and not retained:
            self.heard.append(value)


class HomeServer:
    """Connected from the beginning until it is stopped."""

    def __init__(self, broker, name="homeserver"):
        self.lock = threading.Lock()
        self.entities = {}  # by description topic and the id in it
        self.moving = {}  # by name: the topic that hands an entity over, and the entity
        self.described = []  # description topics, each time that one came and was not retained
        self.troubles = []
        self.client = client(name)
        self.client.username_pw_set("homeserver", broker.password_file("homeserver").read_text().strip())
        self.client.tls_set(str(broker.ca))
        self.client.on_connect = lambda *_: self.client.subscribe("homeassistant/#", 1)
        self.client.on_message = self._message
        self.client.connect("localhost", broker.port)
        self.client.loop_start()

    def stop(self):
        self.client.disconnect()
        self.client.loop_stop()

    # what it shows

    def topics(self):
        """The topics on which what it has is described."""
        with self.lock:
            return {topic for topic, _ in self.entities}

    def by_id(self):
        """All entities by their unique ids, and device triggers by subtype and type."""
        with self.lock:
            return {self._name(entity): entity for entity in self.entities.values()}

    @staticmethod
    def _name(entity):
        return entity.fields.get("unique_id") or f"{entity.fields['subtype']} {entity.fields['type']}"

    def entity(self, name):
        """An entity by its unique id without the part that all have, or a trigger."""
        found = self.by_id()
        return found.get("reedgate.home." + name) or found.get(name)

    def state(self, name):
        entity = self.entity(name)
        return entity and entity.state

    # what somebody does there

    def press(self, name):
        fields = self.entity(name).fields
        self._publish(fields["command_topic"], fields.get("payload_press", "PRESS"))

    def order(self, name, action, code):
        """Arms or disarms; the code is None if nothing was entered."""
        fields = self.entity(name).fields
        self._publish(fields["command_topic"], render(fields["command_template"], action=action, code=code))

    def say(self, status):
        self._publish("homeassistant/status", status)

    def _publish(self, topic, payload):
        self.client.publish(topic, payload, qos=1, retain=False).wait_for_publish()

    # what comes

    def _message(self, _, __, message):
        payload = message.payload.decode()
        with self.lock:
            if message.topic.endswith("/config"):
                self._try(self._describe, message.topic, payload, message.retain)
            else:
                for entity in self.entities.values():
                    self._try(entity.take, message.topic, payload, message.retain)

    def _try(self, taker, topic, payload, retained):
        try:
            taker(topic, payload, retained)
        except Exception as trouble:  # the checks read them
            self.troubles.append(f"{topic} {payload[:200]}: {trouble!r}")

    def _describe(self, topic, payload, retained):
        if not retained:
            self.described.append(topic)
        if not payload:
            for key in [key for key in self.entities if key[0] == topic]:
                del self.entities[key]
            self.moving = {name: moved for name, moved in self.moving.items() if moved[0] != topic}
            return
        fields = json.loads(payload)
        if fields == {"migrate_discovery": True}:
            for key in [key for key in self.entities if key[0] == topic]:
                entity = self.entities.pop(key)
                self.moving[self._name(entity)] = topic, entity
            return
        platform = topic.split("/")[1]
        if platform != "device":
            self._add((topic, ""), platform, fields)
            return
        assert fields["origin"]["name"], "no origin"
        for name, component in fields.pop("components").items():
            platform = component.pop("platform")
            if component:
                self._add((topic, name), platform, {**fields, **component})
            else:
                self.entities.pop((topic, name), None)

    def _add(self, key, platform, fields):
        assert fields["device"]["identifiers"], "no identifiers"
        entity = Entity(platform, fields)
        others = {self._name(other) for at, other in self.entities.items() if at != key}
        assert self._name(entity) not in others, "there is one with this id already, this one is ignored"
        before = self.entities.get(key)
        if before is not None and before.fields == fields:
            return
        if self._name(entity) in self.moving:
            _, entity = self.moving.pop(self._name(entity))
            assert entity.platform == platform, "another platform"
            entity.fields = fields
        self.entities[key] = entity
        for topic in entity.topics():
            self.client.subscribe(topic, 1)
