"""Remembers how an entry's cameras were switched, across restarts and crashes."""

from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..engine.features import is_on
from ..engine.messages import Feature, FeatureMessage
from ..engine.nvr import Nvr
from .bridge import Bridge
from .places import Place

_VERSION: Final = 1
_SAVE_S: Final = 1.0

type _Memory = dict[str, dict[str, bool]]  # by a camera's key, then by feature


class FeatureMemory:
    """Stores features that are switched differently from the configuration.

    They are restored before cameras start, so that nothing is detected while detection is off. Entities could restore
    them only later, and not at all while disabled.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, nvr: Nvr, cameras: tuple[Place, ...]) -> None:
        """Start empty."""
        self._store = _store(hass, entry_id)
        self._nvr = nvr
        self._keys = {camera.name: camera.key for camera in cameras}
        self._memory: _Memory = {}
        self._is_written = True
        self._ends: list[CALLBACK_TYPE] = []

    async def async_restore(self) -> None:
        """Switch features as they were."""
        memory = await self._store.async_load() or {}
        for name, key in self._keys.items():
            for feature in Feature:
                if (switched := memory.get(key, {}).get(feature)) is not None:
                    self._remember(name, feature, switched)
                    self._nvr.set_feature(name, feature, is_on=switched)
        self._is_written = memory == self._memory

    @callback
    def async_listen(self, bridge: Bridge) -> None:
        """Remember switched features from now on, until `async_stop`."""
        for name in self._keys:
            for feature in Feature:
                self._ends.append(bridge.async_subscribe(FeatureMessage, (name, feature), self._async_note))

    async def async_stop(self) -> None:
        """Stop listening, and save unsaved changes."""
        while self._ends:
            self._ends.pop()()
        if not self._is_written:
            await self._store.async_save(self._data())

    @callback
    def _async_note(self, message: FeatureMessage) -> None:
        self._remember(message.camera, message.feature, message.is_on)
        self._is_written = False
        self._store.async_delay_save(self._data, _SAVE_S)

    def _remember(self, camera: str, feature: Feature, switched: bool) -> None:
        features = self._memory.setdefault(self._keys[camera], {})
        features[feature] = switched
        if switched == is_on(self._nvr.config.cameras[camera], feature):
            del features[feature]
        if not features:
            del self._memory[self._keys[camera]]

    @callback
    def _data(self) -> _Memory:
        self._is_written = True
        return self._memory


async def async_forget(hass: HomeAssistant, entry_id: str) -> None:
    """Delete the stored features of an entry."""
    await _store(hass, entry_id).async_remove()


def _store(hass: HomeAssistant, entry_id: str) -> Store[_Memory]:
    return Store(hass, _VERSION, f"{DOMAIN}.{entry_id}.features")
