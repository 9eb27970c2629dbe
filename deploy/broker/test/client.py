"""A client of paho (1.6 or 2) with bounded waits, for what mosquitto's own tools can't tell."""

import ssl
import threading

from paho.mqtt import client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from patience import SECONDS, wait_until


class Refused(Exception):
    """The broker answered the connection with this code."""

    def __init__(self, code):
        super().__init__(f"refused: {code}")
        self.code = code


class Client:
    """One connection. Collects what comes as (topic, payload, retained); MQTT 5 unless said otherwise."""

    def __init__(self, machine, user, client_id="", transport="tcp", keep=False, version=5, keep_alive=60, password=None):
        arguments = {"client_id": client_id, "protocol": mqtt.MQTTv5 if version == 5 else mqtt.MQTTv311}
        arguments["transport"] = transport
        if version != 5:
            arguments["clean_session"] = not keep
        if hasattr(mqtt, "CallbackAPIVersion"):
            arguments["callback_api_version"] = mqtt.CallbackAPIVersion.VERSION1
        self.client = mqtt.Client(**arguments)
        if user is not None:
            self.client.username_pw_set(user, password if password is not None else machine.password(user))
        self.client.tls_set(ca_certs=str(machine.ca), tls_version=ssl.PROTOCOL_TLS_CLIENT)
        if transport == "websockets":
            self.client.ws_set_options(path="/mqtt")
        self.version = version
        self.messages = []
        self.disconnected = threading.Event()
        self.session_present = False
        self.server_keep_alive = None
        self._answers = {}
        self._code = None
        self._connected = threading.Event()
        self.client.on_connect = self._on_connect
        self.client.on_message = lambda _c, _u, m: self.messages.append((m.topic, m.payload.decode(), bool(m.retain)))
        self.client.on_subscribe = lambda _c, _u, mid, *_: self._answers.setdefault(mid, threading.Event()).set()
        self.client.on_disconnect = lambda *_: self.disconnected.set()
        self.client.reconnect_delay_set(60, 60)
        port = machine.ws_port if transport == "websockets" else machine.port
        more = {}
        if version == 5:
            more["clean_start"] = not keep
            if keep:
                more["properties"] = Properties(PacketTypes.CONNECT)
                more["properties"].SessionExpiryInterval = 604800
        self.client.connect("localhost", port, keep_alive, **more)
        self.client.loop_start()
        answered = wait_until("an answer to the connection", lambda: self._connected.is_set() or self.disconnected.is_set())
        assert answered
        if self._code != 0:
            code = self._code
            self.close()
            raise Refused(code)

    def _on_connect(self, _client, _data, flags, code, properties=None):
        self.server_keep_alive = getattr(properties, "ServerKeepAlive", None)
        value = getattr(code, "value", code)
        self._code = value
        self.session_present = bool(flags["session present"] if isinstance(flags, dict) else flags.session_present)
        self._connected.set()

    def subscribe(self, *topics):
        how = SubscribeOptions(qos=1) if self.version == 5 else 1
        _, mid = self.client.subscribe([(topic, how) for topic in topics])
        answer = self._answers.setdefault(mid, threading.Event())
        assert answer.wait(SECONDS), f"no answer to the subscription to {topics}"

    def publish(self, topic, payload, retain=False):
        """Returns when the broker has answered, whatever it said."""
        info = self.client.publish(topic, payload, qos=1, retain=retain)
        wait_until(f"an answer to {topic}", lambda: info.is_published() or self.disconnected.is_set())

    def ask(self, topic, payload, response_topic):
        """Publishes a request of MQTT 5; returns when the broker has answered, whatever it said."""
        properties = Properties(PacketTypes.PUBLISH)
        properties.ResponseTopic = response_topic
        properties.CorrelationData = b"check"
        info = self.client.publish(topic, payload, qos=1, properties=properties)
        wait_until(f"an answer to {topic}", lambda: info.is_published() or self.disconnected.is_set())

    def payloads(self, topic):
        return [payload for name, payload, _ in self.messages if name == topic]

    def wait_for(self, topic, payload):
        wait_until(f"{payload} on {topic}", lambda: payload in self.payloads(topic))

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
