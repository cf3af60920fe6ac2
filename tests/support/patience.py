# SPDX-License-Identifier: BSD-3-Clause
"""Time limits in tests, on machines of any speed."""
import time

LIMITS_S = (0.5, 2, 8, 32)


def with_more_time(attempt, was_enough):
    """Tries something that has a time limit until that was long enough for what has to come before it.

    attempt     is given the limit in seconds
    was_enough  is given what the attempt returned

    Returns what the last attempt did."""
    for limit_s in LIMITS_S:
        found = attempt(limit_s)
        if was_enough(found):
            break
    return found


def looks(patience_s):
    """Yields before each look at something that is waited for, until time is up.  Sleeps between two looks, longer and
    longer: a look may start programs or read about all processes, and what is waited for needs the processor."""
    until = time.monotonic() + patience_s
    pause_s = 0.01
    while True:
        yield
        if time.monotonic() > until:
            return
        time.sleep(pause_s)
        pause_s = min(1.3 * pause_s, 0.1)
