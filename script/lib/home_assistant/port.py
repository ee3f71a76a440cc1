"""The port that Home Assistant is to serve."""

import errno
import os
import socket

from .failure import Failure


def free_port(wanted: int) -> int:
    """Return the port if nothing uses it, any free one for 0. Raises Failure.

    A free one is given to nobody else for a minute: a connection of its own is in TIME_WAIT.
    """
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
        if not wanted:
            _keep(probe, port)
        return port


def _keep(listener: socket.socket, port: int) -> None:
    """Connect to a port and let the listening side close first, which leaves it taken for a minute.

    Servers that set SO_REUSEADDR, as Home Assistant does, may listen on it all the same.
    """
    with socket.create_connection(("127.0.0.1", port)):
        listener.accept()[0].close()
