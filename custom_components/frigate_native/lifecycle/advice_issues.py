"""Repair issues for what a running camera's user should change although the camera works."""

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.config.report import NoteKind
from ..engine.messages import AdviceMessage, AdviceTopic
from ..runtime.places import Place


def watch_advice(hass: HomeAssistant, data: FrigateNativeData, place: Place) -> list[CALLBACK_TYPE]:
    """Show a camera's advice as issues that users can ignore. Return how to stop, which removes them."""
    return [end for topic in AdviceTopic for end in _watch_topic(hass, data, place, topic)]


def _watch_topic(
    hass: HomeAssistant, data: FrigateNativeData, place: Place, topic: AdviceTopic
) -> tuple[CALLBACK_TYPE, CALLBACK_TYPE]:
    issue_id = f"{data.entry_id}/{place.key}/{topic}"
    is_of_form = place.subentry_id is not None
    reported = set() if is_of_form else {note.place for note in data.config.report.of(NoteKind.ATTENTION)}

    @callback
    def end() -> None:
        ir.async_delete_issue(hass, DOMAIN, issue_id)

    @callback
    def update(message: AdviceMessage) -> None:
        notes = [note for note in message.notes if note.place not in reported]
        if not notes:
            end()
            return
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=f"camera_advice_{topic}",
            translation_placeholders={
                "camera": place.title,
                "notes": "\n".join(note.to_markdown() for note in notes),
            },
        )

    names = (place.name, str(topic))
    if (message := data.bridge.latest(AdviceMessage, names)) is not None:
        update(message)
    return data.bridge.async_subscribe(AdviceMessage, names, update), end
