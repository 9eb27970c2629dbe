"""The subscriber everybody writes first, with paho's subscribe.simple; prints each message as one line of JSON.

With --client-id it keeps its session (clean_session off) and subscribes with QoS 1, so that the broker stores for it
what comes while it is away.
"""

import argparse
import json
import pathlib

from paho.mqtt import subscribe


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--password-file", type=pathlib.Path, required=True)
    parser.add_argument("--ca", required=True)
    parser.add_argument("--client-id", default="")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("topics", nargs="+")
    return parser.parse_args()


def main():
    given = arguments()
    messages = subscribe.simple(
        given.topics,
        qos=1,
        msg_count=given.count,
        retained=True,
        hostname="localhost",
        port=given.port,
        client_id=given.client_id,
        clean_session=not given.client_id,
        auth={"username": given.user, "password": given.password_file.read_text().strip()},
        tls={"ca_certs": given.ca},
    )
    for message in messages if isinstance(messages, list) else [messages]:
        line = {"topic": message.topic, "payload": message.payload.decode(), "qos": message.qos, "retain": message.retain}
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
