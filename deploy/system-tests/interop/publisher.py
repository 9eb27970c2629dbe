"""The publisher everybody writes first, with paho's publish.single."""

import argparse
import pathlib

from paho.mqtt import publish


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", required=True)
    parser.add_argument("--password-file", type=pathlib.Path, required=True)
    parser.add_argument("--ca", required=True)
    parser.add_argument("--retain", action="store_true")
    parser.add_argument("topic")
    parser.add_argument("payload")
    return parser.parse_args()


def main():
    given = arguments()
    publish.single(
        given.topic,
        given.payload,
        qos=1,
        retain=given.retain,
        hostname="localhost",
        port=given.port,
        auth={"username": given.user, "password": given.password_file.read_text().strip()},
        tls={"ca_certs": given.ca},
    )


if __name__ == "__main__":
    main()
