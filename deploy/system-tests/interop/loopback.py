"""A network of its own, in which every port is free and nothing else listens."""

import fcntl
import os
import socket
import struct
import sys


def go_there(*more):
    """Starts this program anew in namespaces of its own, with the option --alone; more are options of unshare."""
    if os.geteuid() != 0:
        more += ("--user", "--map-root-user")
    os.execvp("unshare", ["unshare", "--net", *more, sys.executable, "-B", *sys.argv, "--alone"])


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up_and_running = 0x1 | 0x40
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", up_and_running))  # SIOCSIFFLAGS
