"""Frigate's HTTP API on Home Assistant's web server."""

from .routes import async_setup

__all__ = ["async_setup"]
