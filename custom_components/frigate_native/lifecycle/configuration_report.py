"""A repair issue for what a configuration file says and cannot have here."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..engine.config.model import Config
from ..engine.config.report import NoteKind

_WORTH_AN_ISSUE: Final = (NoteKind.ATTENTION, NoteKind.MISSING)


@callback
def async_report(hass: HomeAssistant, entry_id: str, path: str, config: Config) -> None:
    """Create the issue of an entry, or delete it if there is nothing to say; users can ignore it."""
    if not config.report.of(*_WORTH_AN_ISSUE):
        async_forget_report(hass, entry_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        _issue_id(entry_id),
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="configuration_report",
        translation_placeholders={
            "file": path,
            "version": config.report.version,
            "report": config.report.to_markdown(*_WORTH_AN_ISSUE),
        },
    )


@callback
def async_forget_report(hass: HomeAssistant, entry_id: str) -> None:
    """Delete the issue of an entry. It stays while the entry is reloaded, so that it stays ignored."""
    ir.async_delete_issue(hass, DOMAIN, _issue_id(entry_id))


def _issue_id(entry_id: str) -> str:
    return f"{entry_id}/configuration"
