"""The house: a gateway with three contacts and an alarm panel, and a broker with the access rules that the guide names."""

from gateway import Gateway
from mosquitto import Mosquitto

CODE = "0258"


class Broker(Mosquitto):
    """Lets each account do what docs/home-assistant.md says that it needs, and no more."""

    USERS = ("gateway", "homeserver")
    ACCESS = """\
user gateway
topic write reedgate/home/#
topic write homeassistant/+/reedgate_home/#
topic read homeassistant/status
topic read reedgate/home/diagnostics/#
topic read reedgate/home/panel/set
user homeserver
topic read homeassistant/#
topic read reedgate/home/#
topic write homeassistant/status
topic write reedgate/home/diagnostics/test/set
topic write reedgate/home/panel/set
"""


class House(Gateway):
    """The installed gateway on simulated lines, with one user whose code begins with a zero."""

    SENSORS = {
        "front_door": "{name: Front door, line: 17}",
        "kitchen_window": "{name: Kitchen window, line: 27, type: window}",
        "box": "{name: Box, line: 22, type: tamper}",
    }

    def __init__(self, launcher, broker, folder):
        super().__init__(launcher, broker, folder)
        self.broker_part = self.configuration.read_text().partition("sensors:")[0]

    def configure(self, form, *sensors):
        """From the next start on."""
        lines = "".join(f"  {sensor}: {self.SENSORS[sensor]}\n" for sensor in sensors)
        self.configuration.write_text(f"""\
{self.broker_part}homeassistant:
  discovery:
    enabled: true
    format: {form}
alarm:
  away:
    exit_delay: 0s
sensors:
{lines}""")

    def add_user(self):
        code = self.folder / "code"
        code.write_text(CODE + "\n")
        self.command("user", "add", "anna", "--code-from", code, "-c", self.configuration)
