"""The port that Home Assistant is to serve."""

import errno
import os
import socket

from .failure import Failure


def free_port(wanted: int) -> int:
    """Return the port if nothing uses it, any free one for 0. Raises Failure."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as Home Assistant does
        try:
            probe.bind(("", wanted))
            probe.listen()
        except OSError as err:
            if err.errno == errno.EADDRINUSE:
                raise Failure(f"port {wanted} is in use; choose another one with --port") from err
            raise Failure(f"port {wanted} cannot be used ({os.strerror(err.errno or 0)})") from err
        port: int = probe.getsockname()[1]
        return port
