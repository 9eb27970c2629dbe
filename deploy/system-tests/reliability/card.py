#!/usr/bin/python3
"""Measures what events cost an SD card: runs the installed gateway on simulated doors under strace, once with a broker and once
without, and counts the bytes it hands to the kernel for its state folder and how often it forces them to disk.

Needs mosquitto and strace (apt install mosquitto strace) and a built distribution (mvn package). Takes about five minutes.
Prints one line of JSON for each run, per event and for a day of 200 events."""

import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
REEDGATE = ROOT / "deploy" / "dist" / "target" / "reedgate" / "bin" / "reedgate"
MOVES = 40
SECONDS_APART = 3  # more than acknowledgements wait to be written together: as on a day, none shares a transaction
DAY = 200

CONFIG = """
gateway:
  id: card
state_dir: {folder}/state
broker:
  url: mqtt://localhost:{port}
gpio:
  provider: simulator
sensors:
  front_door: {{name: Front door, type: door, line: 17, contact: normally_closed, pull: up}}
"""

SCENARIO = """
repeat {rounds}
  after {seconds}s open front_door with clean
  after {seconds}s close it with clean
end
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return probe.getsockname()[1]


def counts(trace, folder):
    """Forced writes, write calls and bytes on files of the state folder, so far."""
    forced = calls = written = 0
    for line in trace.read_text(errors="replace").splitlines():
        if f"<{folder}/state/" not in line:
            continue
        if re.search(r"\b(fsync|fdatasync)\(", line):
            forced += 1
        done = re.search(r"\b(?:pwrite64|write)\(.* = (\d+)$", line)
        if done:
            calls += 1
            written += int(done.group(1))
    return forced, calls, written


def traced(pid):
    """strace keeps SIGTERM from itself while its child runs, so the child gets it."""
    of = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(of[0]) if of else pid


def run(online):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        port = free_port()
        (folder / "reedgate.yaml").write_text(CONFIG.format(folder=folder, port=port))
        (folder / "moves.txt").write_text(SCENARIO.format(rounds=MOVES // 2, seconds=SECONDS_APART))
        trace = folder / "trace"
        children = []
        try:
            if online:
                children.append(subprocess.Popen(["mosquitto", "-p", str(port)], stderr=subprocess.DEVNULL))
            gateway = subprocess.Popen(
                ["strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync,pwrite64,write", "-e", "signal=none", "-o", trace]
                + [REEDGATE, "run", "--simulate", "-c", folder / "reedgate.yaml"],
                stderr=subprocess.DEVNULL,
            )
            children.insert(0, gateway)
            time.sleep(15)
            before = counts(trace, folder)
            subprocess.run(
                [REEDGATE, "sim", "play", folder / "moves.txt", "-c", folder / "reedgate.yaml"],
                check=True,
                stdout=subprocess.DEVNULL,
            )
            time.sleep(MOVES * SECONDS_APART + 8)  # play only starts it
            after = counts(trace, folder)
        finally:
            for child in children:
                os.kill(traced(child.pid), signal.SIGTERM)
                child.wait(30)
    forced, calls, written = (b - a for a, b in zip(before, after))
    return {
        "broker": "there" if online else "away",
        "moves": MOVES,
        "forced_per_event": round(forced / MOVES, 2),
        "bytes_per_event": round(written / MOVES),
        "forced_a_day": round(forced * DAY / MOVES),
        "kilobytes_a_day": round(written * DAY / MOVES / 1000),
    }


def main():
    if not REEDGATE.exists():
        sys.exit(f"{REEDGATE} is missing; run: mvn package -Dmaven.test.skip=true")
    for online in (True, False):
        print(json.dumps(run(online)), flush=True)


if __name__ == "__main__":
    main()
