#!/usr/bin/python3
"""Prints the table of docs/reliability.md from what the fault tests wrote to target/reliability of two modules."""

import json
import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent.parent.parent
FOLDER = TOP / "deploy" / "system-tests" / "target" / "reliability"
MODEL = TOP / "gateway" / "target" / "reliability"
COLUMNS = (
    ("fault", "fault"),
    ("broker", "broker"),
    ("rounds", "rounds"),
    ("moves", "moves"),
    ("sent", "events sent"),
    ("received", "received"),
    ("lost", "lost"),
    ("duplicated", "duplicated"),
    ("out_of_order", "out of order, `event`"),
    ("late_alarms", "overtaken, `alarm`"),
    ("recovery", "time to recover"),
)


def main():
    files = sorted(file for file in FOLDER.glob("*.json") if file.name != "rate.json") + sorted(MODEL.glob("*.json"))
    if not files:
        sys.exit(f"nothing in {FOLDER}; run: mvn verify -Pfaults")
    print("| " + " | ".join(title for _, title in COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for file in files:
        row = json.loads(file.read_text())
        row["recovery"] = f"{row['recovery_ms'] / 1000:.1f} s"
        print("| " + " | ".join(f"{row[key]:,}" if isinstance(row[key], int) else row[key] for key, _ in COLUMNS) + " |")
    rate = FOLDER / "rate.json"
    if rate.exists():
        told = json.loads(rate.read_text())
        print(
            f"\nThe backlog drained at {told['gateway_per_second']:,} events a second,"
            f" the bare client's loop at {told['bare_per_second']:,}: {told['share']:.2f} of it."
        )


main()
