"""Walks through flows as the frontend does, with forms to send."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.repairs import repairs_flow_manager
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from custom_components.frigate_native.const import DOMAIN

from ..system import (
    FOOTAGE,
    LOOPED,
)
from ..texts import ENGLISH, check_step

type Form = dict[str, Any]
type Result = Mapping[str, Any]

USER, PASSWORD = "a dmin", "p@ss/{wörd}#:?"
FRONT: Form = {
    "name": "Front door",
    "url": str(FOOTAGE),
    "objects": ["person", "car"],
    "events": {},
    "recording": {},
    "areas": {},
    "sizes_and_scores": {},
    "advanced": {"fps": 5, "input_args": LOOPED},
}
YARD: Form = {"name": "Front yard", "coordinates": "0,0,300,0,300,300", "is_required": True}


class Config:
    """Walks through a config flow."""

    texts = ENGLISH["config"]

    def __init__(self, hass: HomeAssistant) -> None:
        self.manager: Any = hass.config_entries.flow
        self.flow_id = ""
        self.has_notice = False

    async def start(self, handler: Any, **context: Any) -> Result:
        """Begin; context names the source and what it concerns."""
        return self._checked(await self.manager.async_init(handler, context=context))

    async def send(self, form: Form) -> Result:
        """Submit the form that is shown, with its line for a notice if it has one."""
        if self.has_notice:
            form = form | {"notice": True}
        return self._checked(await self.manager.async_configure(self.flow_id, form))

    def _checked(self, result: Result) -> Result:
        check_step(self.texts, result)
        self.flow_id = result["flow_id"]
        errors = dict(result.get("errors") or {})
        notice = errors.pop("notice", "")
        self.has_notice = bool(notice)  # where those who submit a long form look
        assert not notice or list(result["data_schema"].schema)[-1] == "notice"
        return {**result, "errors": errors, "notice": notice}


class Camera(Config):
    """Walks through a flow for one more camera."""

    texts = ENGLISH["config_subentries"]["camera"]

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self.manager = hass.config_entries.subentries


class Options(Config):
    """Walks through an options flow."""

    texts = ENGLISH["options"]

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self.manager = hass.config_entries.options

    @override
    async def start(self, handler: Any, **context: Any) -> Result:
        """Begin, and choose the settings where there is a choice."""
        result = await super().start(handler, **context)
        if result["type"] is FlowResultType.MENU:
            return await self.send({"next_step_id": result["menu_options"][0]})
        return result

    async def open(self, handler: Any, step: str) -> Result:
        """Begin, and choose another step than the settings."""
        await super().start(handler)
        return await self.send({"next_step_id": step})

    async def look(self) -> Result:
        """Ask what is shown now, as the frontend does when progress ends."""
        return self._checked(await self.manager.async_configure(self.flow_id))


class Login(Config):
    """Walks through the repair of a camera whose password is refused."""

    texts = ENGLISH["issues"]["camera_login"]["fix_flow"]

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self.manager = repairs_flow_manager(hass)


class RecorderRepair(Config):
    """Walks through the repair of an entry without a recorder."""

    texts = ENGLISH["issues"]["recorder_missing"]["fix_flow"]

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__(hass)
        self.manager = repairs_flow_manager(hass)


async def start(hass: HomeAssistant, option: str) -> Config:
    """Begin to set up an entry, with a camera or a file."""
    flow = Config(hass)
    result = await flow.start(DOMAIN, source=SOURCE_USER)
    assert result["type"] is FlowResultType.MENU
    assert (await flow.send({"next_step_id": option}))["type"] is FlowResultType.FORM
    return flow


def options_form(**mqtt: Any) -> Form:
    """Return a filled form of the settings."""
    broker = {"port": 9, "topic_prefix": "nvr", "client_id": "nvr"}
    detector = {"type": "cpu", "num_threads": 1, "device": "usb"}
    return {"mqtt": broker | mqtt, "detector": detector, "recording": {}, "http": {}}
