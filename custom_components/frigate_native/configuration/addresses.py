"""Stream addresses as people enter them: what was pasted with them, what is missing, and what was probably meant."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from urllib.parse import quote

_QUOTES: Final = "\"'`<>\u201c\u201d\u2018\u2019"
_SCHEMES: Final = ("rtsp", "rtsps", "rtmp", "rtmps", "http", "https", "udp", "tcp", "srt")
_DEFAULT_SCHEME: Final = "rtsp"
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)://")
_SLASHES_MISSING: Final = re.compile(rf"({'|'.join(_SCHEMES)}):/?(?!\d+(?:/|$))([^/].*)", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.%]+\]|[\w\-]+(?:\.[\w\-]+)*)(?::\d{1,5})?")
_NUMBERS: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_VIDEO_FILE: Final = re.compile(r"\.(?:mp4|mkv|avi|mov|ts|webm|m4v|mpe?g|flv|mjpe?g)$", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}")


def tidy_address(text: str) -> str:
    """Return an address without blanks and quotes around it, with a password in it encoded where that is clear."""
    address = text.strip().strip(_QUOTES).strip()
    if not (scheme := _SCHEME.match(address)) or (place := _password(address, scheme.end())) is None:
        return address
    begin, end = place
    return f"{address[:begin]}{_encoded(address[begin:end])}{address[end:]}"


def complete_address(address: str) -> str | None:
    """Return the address that was probably meant, None if nothing is missing; blocks to look for a file."""
    if scheme := _SCHEME.match(address):
        known = get_close_matches(scheme[1].lower(), _SCHEMES, 1, 0.7) if scheme[1].lower() not in _SCHEMES else ()
        return f"{known[0]}://{address[scheme.end() :]}" if known else None
    if missing := _SLASHES_MISSING.fullmatch(address):
        return f"{missing[1].lower()}://{missing[2]}"
    if not _looks_like_host(address.removeprefix("//")) or _is_file(address):
        return None
    return tidy_address(f"{_DEFAULT_SCHEME}://{address.removeprefix('//')}")


def may_hide_password(address: str) -> bool:
    """Tell whether an address that does not work may contain a password with /, ? or # in it."""
    scheme = _SCHEME.match(address)
    rest = address[scheme.end() :] if scheme else address
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    return "@" not in authority and ":" in authority and "@" in rest


def unencrypted(address: str) -> str | None:
    """Return an address of RTSP with TLS as one without, None for other addresses."""
    return f"rtsp://{address[len('rtsps://') :]}" if address.lower().startswith("rtsps://") else None


def stream_of_page(address: str) -> str:
    """Return how the stream's address of a camera usually begins, from that of its web page."""
    authority = re.split(r"[/?#]", address.partition("://")[2], maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    return f"{_DEFAULT_SCHEME}://{re.sub(r':\d*$', '', host)}:554/"


def _password(address: str, start: int) -> tuple[int, int] | None:
    """Return where a password with raw /, ? or # begins and ends, None when there is none for certain.

    What precedes the first of them must be no host with a port, and there must be one place only where it can end.
    """
    rest = address[start:]
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    user, colon, _ = authority.partition(":")
    if "@" in authority or not colon or not user or user.startswith("[") or _HOST.fullmatch(authority):
        return None
    if authority.endswith(":"):
        return None
    ends = [match.start() for match in re.finditer("@", rest)]
    if len(ends) != 1 or not _HOST.fullmatch(re.split(r"[/?#]", rest[ends[0] + 1 :], maxsplit=1)[0]):
        return None
    return start + len(user) + 1, start + ends[0]


def _encoded(password: str) -> str:
    """Return a password with its signs encoded; escapes that it has already are kept."""
    is_encoded = password.count("%") == len(_ESCAPE.findall(password))
    return quote(password, safe="%" if is_encoded else "")


def _looks_like_host(address: str) -> bool:
    """Tell whether an address without a scheme begins with a host, not with a folder or a file."""
    rest = address.rpartition("@")[2] if "@" in address else address
    authority, slash, _ = rest.partition("/")
    if not _HOST.fullmatch(authority) or _VIDEO_FILE.search(authority):
        return False
    if "@" in address or _NUMBERS.match(authority) or re.search(r":\d+$", authority) or authority.startswith("["):
        return True
    return "." in authority or (bool(slash) and not _VIDEO_FILE.search(rest))


def _is_file(address: str) -> bool:
    try:
        return Path(address).exists()
    except OSError, ValueError:
        return False
