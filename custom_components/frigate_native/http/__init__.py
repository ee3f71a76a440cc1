"""HTTP: Frigate's endpoints below Home Assistant's own server."""

from .routes import async_setup

__all__ = ["async_setup"]
