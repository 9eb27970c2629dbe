#!/usr/bin/python3
"""Checks reedgate-broker: sets up brokers below temporary folders and uses them with the installed gateway and with paho.

Needs: mosquitto python3-paho-mqtt openssl libfaketime, and the distribution built (mvn package). Run as root, mosquitto
gives its rights away as it does when it is installed.
"""

import argparse
import pathlib
import shutil
import signal
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DEPLOY = HERE.parent.parent
sys.path.insert(0, str(DEPLOY / "system-tests/interop"))

from checks import Checks  # noqa: E402
from certificates import CertificateChecks  # noqa: E402
from configuration import ConfigurationChecks  # noqa: E402
from accounts import AccountChecks  # noqa: E402
from crash import CrashChecks  # noqa: E402
from machine import Machine  # noqa: E402
from limits import LimitChecks  # noqa: E402
from stage import Stage  # noqa: E402
from viewer import ViewerChecks  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--launcher", type=pathlib.Path, default=DEPLOY / "dist/target/reedgate/bin/reedgate")
    parser.add_argument("--report", type=pathlib.Path, help="file for a report in JUnit's format")
    parser.add_argument("--mosquitto", default=Machine.mosquitto, help="another broker program than that of this machine")
    parser.add_argument("--only", default="", help="only checks with this in their name")
    return parser.parse_args()


def main():
    given = arguments()
    if not given.launcher.exists():
        sys.exit(f"no distribution at {given.launcher}: build it first with mvn package")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="reedgate-broker-"))
    folder.chmod(0o755)
    checks = Checks("broker")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    Machine.mosquitto = given.mosquitto
    stage = Stage(given.launcher, folder)
    try:
        stage.start()
        groups = (ConfigurationChecks, AccountChecks, ViewerChecks, CrashChecks, LimitChecks, CertificateChecks)
        for group in groups:
            for check in group(stage).checks():
                if given.only in check.__name__:
                    checks.run(check.__name__.replace("_", " "), check)
    finally:
        stage.stop()
        if checks.failed():
            print("--- the gateway's log ---\n" + stage.house.log() + "--- the broker's ---\n" + stage.machine.log(), flush=True)
        shutil.rmtree(folder)
    if given.report:
        checks.report(given.report)
    print(f"broker: {len(checks.done) - checks.failed()} passed, {checks.failed()} failed")
    return 1 if checks.failed() or not checks.done else 0


if __name__ == "__main__":
    sys.exit(main())
