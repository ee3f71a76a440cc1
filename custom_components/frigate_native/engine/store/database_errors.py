"""Turns database errors into messages that say what to do."""

import re
from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import StoreError
from ..redact import HIDDEN, redact_url

_OWN_DISK: Final = "if it is on a network share (SMB, NFS), set database.path to a file on a local disk"
_SQLITE_ADVICE: Final = (
    (
        ("locked", "busy", "locking protocol"),
        f"{_OWN_DISK}; if another program has it open, close that program",
    ),
    (
        ("no such column", "has no column", "no such table", "already exists", "views may not be indexed"),
        "the file holds tables of another program under our names: set database.path to another file",
    ),
    (
        ("not a database", "malformed", "corrupt"),
        "the file is damaged: restore a backup, or move the file away to start with a new one",
    ),
    (
        ("unable to open", "readonly", "read-only", "permission"),
        "give Home Assistant write access to the file and its folder",
    ),
    (("full", "no space"), "free up space on its disk"),
    (("i/o error",), f"check the disk; {_OWN_DISK}"),
)
_PLAIN_PARAMETERS: Final = frozenset({"charset", "connect_timeout", "sslmode"})
_SERVER_ADVICE: Final = (
    (("password", "access denied", "authentication"), "check the user and password in database.url"),
    (
        ("column", "relation", "unknown table", "foreign key constraint"),
        "the database holds tables of another program under our names: create a database of its own",
    ),
    (("does not exist", "unknown database"), "create the database first, with this user as its owner"),
)
_DEFAULT_SERVER_ADVICE: Final = "check that the server in database.url is running and reachable"


def store_error(err: SQLAlchemyError, url: URL) -> StoreError:
    """Return a readable error for a database that cannot be used; it never contains the password."""
    found = " ".join(str(err.orig if isinstance(err, DBAPIError) else err).split())
    return StoreError(f"{shown(url)}: {without_secret(found, url)}; {_advice(found.lower(), url)}")


def shown(url: URL) -> str:
    """Return the database's name for people: the path of a file, or a URL without its password."""
    if url.get_backend_name() == "sqlite":
        return f"database {url.database}"
    return f"database {redact_url(url.render_as_string(hide_password=True))}"


def driver_error(err: Exception, url: URL) -> StoreError:
    """Return a readable error for a driver that rejects its parameters; without its text, which may repeat them."""
    advice = "check the parameters of database.url, after its question mark"
    return StoreError(f"{shown(url)}: the driver fails with {type(err).__name__}; {advice}")


def without_secret(text: str, url: URL) -> str:
    """Hide the password and the values of parameters, in case a driver repeats them."""
    for secret in _secrets(url):
        text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", HIDDEN, text)
    return redact_url(text)


def _secrets(url: URL) -> list[str]:
    """Return what must not be shown, the longest first; a password with an unescaped @ ends in the host."""
    found = {url.password or "", (url.host or "").rpartition("@")[0]}
    for name, value in url.query.items():
        if name not in _PLAIN_PARAMETERS:
            found.update((value,) if isinstance(value, str) else value)
    return sorted(filter(None, found), key=len, reverse=True)


def _advice(found: str, url: URL) -> str:
    is_file = url.get_backend_name() == "sqlite"
    for words, advice in _SQLITE_ADVICE if is_file else _SERVER_ADVICE:
        if any(word in found for word in words):
            return advice
    return "restart Home Assistant, and report the problem if it happens again" if is_file else _DEFAULT_SERVER_ADVICE
