"""The panel in Home Assistant's sidebar: its files, and the WebSocket commands that only it needs."""

from .commands import async_setup
from .sidebar import async_hide, async_show

__all__ = ["async_hide", "async_setup", "async_show"]
