"""The ffmpeg program that Home Assistant uses."""

from homeassistant.components.ffmpeg import DATA_FFMPEG, get_ffmpeg_manager
from homeassistant.core import HomeAssistant, callback

from ..engine.ffmpeg.program import DEFAULT_PROGRAM


@callback
def ffmpeg_program(hass: HomeAssistant) -> str:
    """Return the program of Home Assistant's ffmpeg integration, or else the one on PATH."""
    if DATA_FFMPEG not in hass.data:
        return DEFAULT_PROGRAM
    return get_ffmpeg_manager(hass).binary
