"""Whether the machine's clock follows network time."""

import ctypes
from contextlib import suppress
from typing import Final

_UNKNOWN_US: Final = 16_000_000  # the kernel's error of a clock that nothing corrects, as timedatectl reads it


class _Timex(ctypes.Structure):
    """The head of the kernel's `struct timex`, with room for the rest."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("rest", ctypes.c_byte * 256),
    )


def follows_network_time() -> bool:
    """Return whether a time service corrects the clock; setting the clock by hand ends that until it does again.

    Only Linux says so; elsewhere False.
    """
    timex = _Timex()  # modes 0: only read
    with suppress(OSError, AttributeError):
        state: int = ctypes.CDLL(None).adjtimex(ctypes.byref(timex))
        return state >= 0 and bool(timex.maxerror < _UNKNOWN_US)
    return False
