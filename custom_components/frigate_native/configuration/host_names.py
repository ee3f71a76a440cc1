"""Which names a web server without login may be called by."""

from collections.abc import Collection
from ipaddress import ip_address
from typing import Final

# Below these nobody on the Internet has a name: RFC 6762, 6761 and 8375, and what ICANN keeps out of the root.
_LOCAL_DOMAINS: Final = frozenset({"local", "localhost", "home.arpa", "internal", "lan", "home"})


def host_of(header: str) -> str:
    """Return the host of a Host header, in small letters, without port, brackets and the root's dot."""
    if header.startswith("["):
        return header[1:].partition("]")[0].lower()
    return header.partition(":")[0].lower().removesuffix(".")


def is_safe(host: str, allowed: Collection[str]) -> bool:
    """Tell whether a page of somebody else's cannot have got here by a host's name.

    A web page may have its own name lead to an address in its reader's home (DNS rebinding) and then read what it
    likes there. Addresses, names that nobody on the Internet can have, and those that are allowed are safe.
    """
    return host in allowed or "." not in host or _is_local(host) or _is_address(host)


def _is_local(host: str) -> bool:
    labels = host.split(".")
    return any(".".join(labels[start:]) in _LOCAL_DOMAINS for start in range(1, len(labels)))


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
