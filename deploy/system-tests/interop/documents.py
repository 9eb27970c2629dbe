"""The blocks of the documents, and which of them nobody runs as they stand."""

import pathlib
import re

TOP = pathlib.Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^( *)```([a-z]*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)

# Data and no recipe. Tests of the gateway hold each of these kinds to the code.
DATA = {"yaml", "json", "text", "scenario", "sql"}

NEWCOMER = "deploy/pi-bench/check types the whole page"
BROKER = "deploy/broker/test/run.py calls each of these commands"
BUILD = "builds or tests the project, and .ci/run does that"
PRINTED = "what something prints"
MACHINE = "installs packages or changes the machine; deploy/deb/check does it in Debian"

# (page, how the block begins): why no recipe of this list is made of it
NOT_RUN = {
    ("README.md", "deploy/demo"): BUILD,
    ("docs/alarm.md", "$ reedgate explain"): "the answer of a configuration that stands elsewhere; ExplainCommandTest has its kind",
    ("docs/alarm.md", "sudo reedgate walktest"): "goes on until somebody has moved every door; WalkTestCommandTest",
    ("docs/alarm.md", "open and close each"): PRINTED,
    ("docs/architecture.md", "edge, differing read"): "a drawing",
    ("docs/brokers.md", "sudo apt install mosquitto openssl"): BROKER,
    ("docs/brokers.md", "sudo reedgate-broker add-gateway"): BROKER,
    ("docs/brokers.md", "sudo apt install mosquitto python3"): BUILD,
    ("docs/brokers.md", "rabbitmqctl"): "needs RabbitMQ",
    ("docs/building.md", "mvn package"): BUILD,
    ("docs/building.md", "git checkout"): "needs the tag; deploy/system-tests/release/run.py calls deploy/release",
    ("docs/building.md", "sudo apt install openjdk"): MACHINE,
    ("docs/commands.md", "00:37:05"): PRINTED,
    ("docs/commands.md", "broker  "): PRINTED,
    ("docs/configuration.md", "$ reedgate check"): PRINTED,
    ("docs/configuration.md", "reedgate.yaml:5:15"): PRINTED,
    ("docs/doctor.md", "ok    java"): PRINTED,
    ("docs/doctor.md", "warn  secrets"): PRINTED,
    ("docs/doctor.md", "ok    lines"): PRINTED,
    ("docs/home-assistant.md", "sudo reedgate purge --dry-run"): "asks a person; PurgeCommandIT",
    ("docs/install.md", ""): NEWCOMER,
    ("docs/log.md", "time  "): PRINTED,
    ("docs/log.md", "waiting"): PRINTED,
    ("docs/monitor.md", "mvn package"): BUILD,
    ("docs/monitor.md", "gateway  "): PRINTED,
    ("docs/monitor.md", "sha256sum"): MACHINE,
    ("docs/monitor.md", "sudo reedgate-broker add-monitor"): BROKER,
    ("docs/monitor.md", "sudo install"): MACHINE,
    ("docs/monitor.md", "sudo reedgate-monitor check"): MACHINE,
    ("docs/monitor.md", "sudo systemctl enable"): MACHINE,
    ("docs/mqtt-apps.md", "sudo reedgate-broker"): BROKER,
    ("docs/mqtt.md", "gateway=home"): "SigningRecipeTest runs it",
    ("docs/notifications.md", "POST /api"): PRINTED,
    ("docs/performance.md", "deploy/"): BUILD,
    ("docs/performance.md", "mvn verify"): BUILD,
    ("docs/phone.md", "notified"): PRINTED,
    ("docs/pi.md", "deploy/pi-bench"): BUILD,
    ("docs/reliability.md", "sudo apt install"): BUILD,
    ("docs/security.md", "sudo reedgate user add anna"): "asks for codes at a terminal; UserCommandTest calls each of them",
    ("docs/service.md", "$ systemctl status"): PRINTED,
    ("docs/service.md", "sudo systemd-creds"): "needs systemd",
    ("docs/setup.md", "sudo reedgate setup\n"): "asks a person; WizardTest",
    ("docs/setup.md", "sudo reedgate setup --broker"): "SetupCommandTest calls it so",
    ("docs/setup.md", "reedgate setup --simulate"): "asks a person; WizardTest",
    ("docs/setup.md", "sudo reedgate init\n"): "asks a person; InitCommandTest",
    ("docs/setup.md", "3V3"): PRINTED,
    ("docs/setup.md", "sudo systemctl stop reedgate"): "shows live lines until Ctrl-C, and needs GPIO; PinsCommandTest",
    ("docs/setup.md", "bounce moves"): PRINTED,
    ("docs/troubleshooting.md", "systemctl status"): NEWCOMER,
}


def pages():
    return [TOP / "README.md", *sorted((TOP / "docs").glob("*.md"))]


def blocks(page):
    """Language and text of each block of a page, without the indentation that a list gives it."""
    found = FENCE.findall(page.read_text(encoding="utf-8"))
    return [(language, re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)) for indent, language, text in found]


def block(page, begins):
    """The one block that begins so; AssertionError if the page has none, or several."""
    found = [text for _, text in blocks(TOP / page) if text.lstrip().startswith(begins)]
    assert len(found) == 1, f"{page} has {len(found)} blocks that begin with {begins!r}"
    return found[0]


def gaps(run, not_run, documents):
    """What is wrong with the two lists: blocks that are in none of them, and entries without a block."""
    wrong = []
    used = set()
    for name, found in documents:
        for language, text in found:
            if language in DATA:
                continue
            known = [entry for entry in [*run, *not_run] if entry[0] == name and text.lstrip().startswith(entry[1])]
            used.update(known)
            if not known:
                wrong.append(f"{name}: no test runs the block that begins with {text.strip().splitlines()[0]!r}")
    wrong += [f"{page} has no block any more that begins with {begins!r}" for page, begins in {*run, *not_run} - used]
    return wrong


def all_blocks():
    return [(str(page.relative_to(TOP)), blocks(page)) for page in pages()]
