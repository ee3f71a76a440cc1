"""The version that clients of Frigate see: that of the interfaces that this integration has."""

from typing import Final

CONFIG_VERSION: Final = "0.14"
"""Clients use what came with this version of Frigate, and nothing of later ones."""

_RELEASE: Final = "0.14.1"


def claimed_version(own: str) -> str:
    """Return the version in Frigate's format, a release and a build, for one of this integration."""
    return f"{_RELEASE}-native.{own}"
