"""Tells web pages from streams, for those who enter the address of a camera's page."""

from typing import Final

import aiohttp
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

_RESPONSE: Final = aiohttp.ClientTimeout(total=5.0)
_PAGES: Final = ("text/html", "application/xhtml+xml")


async def async_is_web_page(hass: HomeAssistant, address: str) -> bool:
    """Tell whether there is a web page at an address, which need not be one of HTTP."""
    if not address.lower().startswith(("http://", "https://")):
        return False
    session = async_get_clientsession(hass, verify_ssl=False)  # cameras have certificates of their own
    try:
        async with session.get(address, timeout=_RESPONSE) as response:
            return response.ok and response.content_type in _PAGES
    except aiohttp.ClientError, TimeoutError, ValueError:
        return False
