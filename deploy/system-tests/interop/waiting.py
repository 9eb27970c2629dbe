"""Waiting for something to become true, with a limit."""

import time


def wait_until(what, condition, seconds=20):
    """Returns the first true value of condition; AssertionError after the given seconds."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.02)
