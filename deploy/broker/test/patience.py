"""Waiting as elsewhere, but for longer: a machine that is busy with other things must not fail a check."""

import waiting

SECONDS = 180


def wait_until(what, condition):
    """Returns the first true value of condition; AssertionError after three minutes."""
    return waiting.wait_until(what, condition, SECONDS)
