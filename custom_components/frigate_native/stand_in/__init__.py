"""The interfaces of the official Frigate integration, for its clients, while that integration is not in use."""

from homeassistant.core import HomeAssistant, callback

from . import actions, commands, media, notice, reviews, subscriptions, views


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register everything once; all of it steps back when the official integration is set up."""
    if not notice.async_watch(hass):
        return
    commands.async_setup(hass)
    reviews.async_setup(hass)
    subscriptions.async_setup(hass)
    views.async_setup(hass)
    media.async_setup(hass)
    actions.async_setup(hass)
