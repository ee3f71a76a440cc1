"""Checks whether an RTMP server responds."""

import os
import socket
from typing import Final

_VERSION: Final = b"\x03"
_HANDSHAKE_BYTES: Final = 1536  # Adobe's Real Time Messaging Protocol specification 1.0, 5.2.3


def answers(port: int, timeout_s: float = 3.0) -> bool:
    """Return whether a server on this machine starts the handshake; one that hangs accepts but sends nothing."""
    greeting = _VERSION + bytes(8) + os.urandom(_HANDSHAKE_BYTES - 8)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout_s) as connection:
            connection.sendall(greeting)
            return connection.recv(1) == _VERSION
    except OSError:
        return False
