"""Inheritance of `retain`: its two members each on their own."""

from .model import RetainConfig
from .raw import RawRetain


def build_retain(own: RawRetain, common: RawRetain | None = None) -> RetainConfig:
    """Return the days to keep something; what a camera does not say is the file's, then the default."""
    inherited = RetainConfig(**(common or {}))
    return RetainConfig(default=own.get("default", inherited.default), objects=own.get("objects", inherited.objects))
