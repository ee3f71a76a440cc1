"""Databases' errors in words that help whoever reads them."""

from typing import Final

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ..errors import StoreError
from ..redact import HIDDEN, redact_url

_OWN_DISK: Final = "if it lies on a network share (SMB, NFS), set database.path to a file on this machine's own disk"
_SQLITE_MENDS: Final = (
    (
        ("locked", "busy", "locking protocol"),
        f"{_OWN_DISK}; if another program has it open, close that",
    ),
    (
        ("not a database", "malformed", "corrupt"),
        "the file is damaged: put a copy back, or move it away, and a new one is made",
    ),
    (
        ("unable to open", "readonly", "read-only", "permission"),
        "Home Assistant must be allowed to write to the file and its folder",
    ),
    (("full", "no space"), "free space on its disk"),
    (("i/o error",), f"check the disk; {_OWN_DISK}"),
)
_SERVER_MENDS: Final = (
    (("password", "access denied", "authentication"), "check user and password in database.url"),
    (("does not exist", "unknown database"), "create the database first, as its owner"),
)
_SERVER_MEND: Final = "check that the server of database.url runs and can be reached"


def store_error(err: SQLAlchemyError, url: URL) -> StoreError:
    """Return what a person should read when the database cannot be used; never with its password."""
    found = " ".join(str(err.orig if isinstance(err, DBAPIError) else err).split())
    return StoreError(f"{shown(url)}: {without_secret(found, url)}; {_mend(found.lower(), url)}")


def shown(url: URL) -> str:
    """Return the database's name for people: a file's path, or a URL without its password."""
    if url.get_backend_name() == "sqlite":
        return f"database {url.database}"
    return f"database {redact_url(url.render_as_string(hide_password=True))}"


def without_secret(text: str, url: URL) -> str:
    """Hide the password, should a driver repeat it."""
    password = str(url.password or "")
    return redact_url(text.replace(password, HIDDEN) if password else text)


def _mend(found: str, url: URL) -> str:
    is_file = url.get_backend_name() == "sqlite"
    for words, mend in _SQLITE_MENDS if is_file else _SERVER_MENDS:
        if any(word in found for word in words):
            return mend
    return "restart Home Assistant, and report it if it comes back" if is_file else _SERVER_MEND
