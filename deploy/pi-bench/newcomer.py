"""Somebody follows docs/install.md to the letter, and later the power goes."""

import json
import pathlib
import re
import shutil
import subprocess

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs/install.md"

# what is typed elsewhere, needs another machine, or is not typed at all; each has to be there
ELSEWHERE = ("ssh pi@doorpi.local", "./broker/reedgate-broker setup --name", "mqtts://broker.lan:8883", "00:37:05 ")


def blocks():
    """The blocks of the document that are typed on the Pi, in order."""
    every = re.findall(r"^```\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for words in ELSEWHERE:
        assert any(words in block for block in every), f"{DOCUMENT} has no block with {words!r} any more: adapt what is left out"
    return [block for block in every if not any(words in block for words in ELSEWHERE)]


def follow(guest, package, bench, home, checks):
    disk = guest.share / "disk"
    steady = ("-m", "-w", "-b", "pi5", "-l", "pinctrl-rp1", "-d", disk)

    def to_the_switch():
        typed = blocks()
        (guest.share / "blocks").mkdir()
        (guest.share / "typed").mkdir()
        for number, block in enumerate(typed):
            guest.write(f"blocks/{number:02}", block)
        shutil.copy(package, guest.share / package.name)
        shutil.copy(bench, guest.share / "bench.jar")
        subprocess.run(["cp", "--sparse=always", home / "out/root.ext4", disk], check=True)
        guest.run("newcomer.sh", *steady)

    def to_the_alarm():
        guest.run("newcomer-goes-on.sh", *steady, "-k")
        alarm = guest.text("alarm-line").strip()
        assert alarm.startswith("Test alarm from home"), alarm
        pushes = [json.loads(line) for line in guest.text("pushes.jsonl").splitlines()]
        assert len({push["topic"] for push in pushes}) == 1, pushes
        texts = [push["message"] for push in pushes]
        assert texts[0].startswith("A test from reedgate") and any(text.startswith("Test alarm from home") for text in texts), texts
        print(f"      {guest.text('answers').strip()} answers; the subscriber read {alarm!r}; pushed: {texts}", flush=True)
        watched = guest.text("watch.log")
        assert re.search(r"home +Front door opened, \d\d:\d\d:\d\d", watched), watched
        assert not list((guest.share / "blocks").iterdir()), "not everything was typed"

    def to_the_power():
        guest.run("power-back.sh", *steady)
        witness = guest.witness().between("before", "back")
        events = [event["event_type"] for event in witness.events("opened", "closed")]
        assert events == ["closed", "opened"] * 3, events
        assert [event["last_stop"] for event in witness.events("started")] == ["unclean"], witness.events("started")
        guest.witness().assert_nothing_is_missing()
        assert witness.state("front_door") == "open", witness.state("front_door")

    try:
        if checks.run("docs/install.md to the letter on a Pi 5, up to the package", to_the_switch) and checks.run(
            "docs/install.md to the letter, setup answered at a terminal, up to an alarm at ntfy and at a subscriber", to_the_alarm
        ):
            checks.run("a power cut with six moves unsent: each arrives once, in order, after the next start", to_the_power)
    finally:
        guest.remove()
