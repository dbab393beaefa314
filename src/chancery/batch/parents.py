"""Processes that end with the one that started them, also when that was killed."""

from __future__ import annotations

import ctypes
import signal
import sys

__all__ = ["end_with_parent"]

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Have this process killed when its parent is gone; Linux alone can do that.

    Elsewhere a process sees the end of its pipe, but not while it is stuck in C code.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
