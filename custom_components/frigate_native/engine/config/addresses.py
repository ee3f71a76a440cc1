"""Passwords in stream addresses: those with /, ? or # in them are encoded where they can be nothing else."""

import re
from typing import Final
from urllib.parse import quote

SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://")
HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.%]+\]|[\w\-]+(?:\.[\w\-]+)*)(?::\d{1,5})?")
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")


def encode_password(address: str) -> str:
    """Return an address with a password in it encoded, if it has raw signs and it is clear where it ends."""
    if not (scheme := SCHEME.match(address)) or (place := _password(address, scheme.end())) is None:
        return address
    begin, end = place
    return f"{address[:begin]}{_encoded(address[begin:end])}{address[end:]}"


def may_hide_password(address: str) -> bool:
    """Tell whether an address that does not work may contain a password with /, ? or # in it."""
    scheme = SCHEME.match(address)
    rest = address[scheme.end() :] if scheme else address
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return "@" not in authority and ":" in authority and "@" in rest


def _password(address: str, start: int) -> tuple[int, int] | None:
    """Return where a password with raw /, ? or # begins and ends, None when there is none for certain.

    What precedes the first of them must be no host with a port, and there must be one place only where it can end.
    """
    rest = address[start:]
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    user, colon, _ = authority.partition(":")
    if "@" in authority or not colon or not user or user.startswith("[") or HOST.fullmatch(authority):
        return None
    if authority.endswith(":"):
        return None
    ends = [match.start() for match in re.finditer("@", rest)]
    if len(ends) != 1 or not HOST.fullmatch(re.split(r"[/?#]", rest[ends[0] + 1 :], maxsplit=1)[0]):
        return None
    return start + len(user) + 1, start + ends[0]


def _encoded(password: str) -> str:
    """Return a password with its signs encoded; escapes that it has already are kept."""
    is_encoded = password.count("%") == len(_ESCAPE.findall(password))
    return quote(password, safe="%" if is_encoded else "")
