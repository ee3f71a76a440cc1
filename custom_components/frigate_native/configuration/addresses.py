"""Stream addresses as people enter them: what was pasted with them, what is missing, and what was probably meant."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from ..engine.config.addresses import HOST, SCHEME, encode_password

_QUOTES: Final = "\"'`<>\u201c\u201d\u2018\u2019"
_SCHEMES: Final = ("rtsp", "rtsps", "rtmp", "rtmps", "http", "https", "udp", "tcp", "srt")
_DEFAULT_SCHEME: Final = "rtsp"
_SLASHES_MISSING: Final = re.compile(rf"({'|'.join(_SCHEMES)}):/?(?!\d+(?:/|$))([^/].*)", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_VIDEO_FILE: Final = re.compile(r"\.(?:mp4|mkv|avi|mov|ts|webm|m4v|mpe?g|flv|mjpe?g)$", re.IGNORECASE)


def tidy_address(text: str) -> str:
    """Return an address without blanks and quotes around it, with a password in it encoded where that is clear."""
    return encode_password(text.strip().strip(_QUOTES).strip())


def complete_address(address: str) -> str | None:
    """Return the address that was probably meant, None if nothing is missing; blocks to look for a file."""
    if scheme := SCHEME.match(address):
        known = get_close_matches(scheme[1].lower(), _SCHEMES, 1, 0.7) if scheme[1].lower() not in _SCHEMES else ()
        return f"{known[0]}://{address[scheme.end() :]}" if known else None
    if missing := _SLASHES_MISSING.fullmatch(address):
        return f"{missing[1].lower()}://{missing[2]}"
    if not _looks_like_host(address.removeprefix("//")) or _is_file(address):
        return None
    return tidy_address(f"{_DEFAULT_SCHEME}://{address.removeprefix('//')}")


def unencrypted(address: str) -> str | None:
    """Return an address of RTSP with TLS as one without, None for other addresses."""
    return f"rtsp://{address[len('rtsps://') :]}" if address.lower().startswith("rtsps://") else None


def stream_of_page(address: str) -> str:
    """Return how the stream's address of a camera usually begins, from that of its web page."""
    authority = re.split(r"[/?#]", address.partition("://")[2], maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    return f"{_DEFAULT_SCHEME}://{re.sub(r':\d*$', '', host)}:554/"


def _looks_like_host(address: str) -> bool:
    """Tell whether an address without a scheme begins with a host, not with a folder or a file."""
    rest = address.rpartition("@")[2] if "@" in address else address
    authority, slash, _ = rest.partition("/")
    if not HOST.fullmatch(authority) or _VIDEO_FILE.search(authority):
        return False
    if "@" in address or _NUMBERS.match(authority) or re.search(r":\d+$", authority) or authority.startswith("["):
        return True
    return "." in authority or (bool(slash) and not _VIDEO_FILE.search(rest))


def _is_file(address: str) -> bool:
    try:
        return Path(address).exists()
    except OSError, ValueError:
        return False
