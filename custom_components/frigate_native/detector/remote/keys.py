"""Keys of a server that only one client may use: CurveZMQ, which also encrypts."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import zmq
from zmq.auth.thread import ThreadAuthenticator

from ..private_file import write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The server's pair and that of its only client, Z85."""

    server_key: str
    server_secret: str = field(repr=False)
    client_key: str
    client_secret: str = field(repr=False)


def load_keys(file: Path) -> Keys:
    """Return the keys in a file, new ones if there is none; raises OSError or ValueError."""
    if not file.exists():
        write_private(file, asdict(_new_keys()))
    try:
        return Keys(**json.loads(file.read_text(encoding="ascii")))
    except TypeError as err:
        raise ValueError(f"{file} does not contain keys; delete it, and new ones are made") from err


def protect(context: zmq.Context[zmq.Socket[bytes]], socket: zmq.Socket[bytes], keys: Keys) -> ThreadAuthenticator:
    """Let only the keys' client connect to a socket that is not bound yet; return what has to be stopped."""
    guard = ThreadAuthenticator(context)
    guard.start()
    guard.configure_curve_callback(credentials_provider=_OnlyClient(keys.client_key.encode()))
    socket.curve_server = True
    socket.curve_publickey = keys.server_key.encode()
    socket.curve_secretkey = keys.server_secret.encode()
    return guard


class _OnlyClient:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def callback(self, domain: str, key: bytes) -> bool:
        """Return whether a client may connect."""
        del domain
        return key == self._key


def _new_keys() -> Keys:
    (server_key, server_secret), (client_key, client_secret) = (
        tuple(key.decode() for key in zmq.curve_keypair()) for _ in range(2)
    )
    return Keys(server_key=server_key, server_secret=server_secret, client_key=client_key, client_secret=client_secret)
