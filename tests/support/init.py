# SPDX-License-Identifier: BSD-3-Clause
"""init.py PROGRAM [ARGUMENT...]: runs it, and buries at once whoever loses its parent meanwhile.

The first process of a system does that, but in some containers it takes seconds or does not at all.
Where the dead cannot be told from the living (see -Dportable in CONTRIBUTING.md) that is waited for.
"""
import ctypes
import os
import sys

PR_SET_CHILD_SUBREAPER = 36


def main():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    program = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
    while True:
        pid, status = os.wait()
        if pid == program:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


sys.exit(main())
