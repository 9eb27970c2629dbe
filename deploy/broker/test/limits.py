"""Checks of the bounds."""

import socket
import ssl

from patience import SECONDS


class LimitChecks:
    """One client's excess is its own trouble."""

    def __init__(self, stage):
        self.stage = stage
        self.machine = stage.machine

    def a_packet_beyond_256_kib_ends_its_connection_only(self):
        check = self.stage.connected_throughout()
        assert self.answer_to(260000) == b"\x40\x02\x00\x01", "an acknowledgement of packet 1"
        assert self.answer_to(270000) == b""
        check()

    def answer_to(self, size):
        """What the broker answers to a message of that size; nothing if it closes the connection."""
        context = ssl.create_default_context(cafile=str(self.machine.ca))
        with socket.create_connection(("localhost", self.machine.port), SECONDS) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as wire:
                user, password = b"shed", self.machine.password("shed").encode()
                wire.sendall(packet(0x10, text(b"MQTT") + b"\x04\xc2\x00\x3c" + text(b"x") + text(user) + text(password)))
                assert wire.recv(4) == b"\x20\x02\x00\x00", "the connection was refused"
                try:
                    wire.sendall(packet(0x32, text(b"reedgate/shed/diagnostics/big") + b"\x00\x01" + b"x" * size))
                    return wire.recv(4)
                except TimeoutError as silence:
                    raise AssertionError("no answer") from silence
                except OSError:
                    return b""

    def a_keep_alive_of_more_than_an_hour_becomes_an_hour(self):
        with self.stage.phone(keep_alive=3600) as phone:
            assert phone.server_keep_alive is None
        with self.stage.phone(keep_alive=7200) as phone:
            assert phone.server_keep_alive == 3600

    def checks(self):
        return [
            self.a_packet_beyond_256_kib_ends_its_connection_only,
            self.a_keep_alive_of_more_than_an_hour_becomes_an_hour,
        ]


def text(value):
    """A string as MQTT writes it."""
    return len(value).to_bytes(2, "big") + value


def packet(kind, content):
    """An MQTT packet: kind, length in groups of 7 bits, content."""
    length, rest = b"", len(content)
    while True:
        rest, group = divmod(rest, 128)
        length += bytes([group | (128 if rest else 0)])
        if not rest:
            return bytes([kind]) + length + content
