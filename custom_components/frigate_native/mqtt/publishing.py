"""Publish an entry's messages over MQTT, as selected in its options."""

import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..configuration import entry_config
from ..const import DOMAIN, MqttWay
from ..engine.config.model import MqttConfig
from ..engine.events.counts import Count, CountKey
from ..engine.messages import CountMessage, Feature, SnapshotMessage
from ..engine.mqtt import MqttPublisher
from ..engine.mqtt.broker_connection import Connect
from ..engine.nvr import Nvr
from ..frigate_api.activity import camera_activity
from ..frigate_api.stats import stats_payload
from ..runtime.blocking import async_call
from .adapter import BROKER, HomeAssistantMqtt

_LOGGER = logging.getLogger(__name__)

type _Place = tuple[str, str]  # broker, topic prefix

_STOP_TIMEOUT_S: Final = 4.0  # for pending messages, or a silent broker; unloading has ten seconds
_MQTT: Final = "mqtt"  # Home Assistant's integration
_PREFIXES: Final[HassKey[dict[_Place, str]]] = HassKey(f"{DOMAIN}_mqtt_prefixes")  # with the titles of their entries


async def async_start(hass: HomeAssistant, entry: ConfigEntry, nvr: Nvr, stack: AsyncExitStack[None]) -> None:
    """Publish until the stack is closed. Call it before the cameras start, so that nothing is missed."""
    way = entry_config.mqtt_way(entry)
    if way is MqttWay.OFF:
        return
    publishing = _Publishing(hass, nvr)
    if way is MqttWay.AUTO and nvr.config.mqtt is not None:
        broker = nvr.config.mqtt
        if _claim(hass, entry, (f"{broker.host}:{broker.port}", broker.topic_prefix), stack):
            stack.push_async_callback(publishing.async_stop)
            publishing.async_begin(broker)
        return
    config = MqttConfig(
        host="",
        topic_prefix=entry_config.topic_prefix(entry, nvr.config),
        stats_interval_s=(nvr.config.mqtt or MqttConfig(host="")).stats_interval_s,
    )
    if not _claim(hass, entry, (BROKER, config.topic_prefix), stack):
        return
    source = HomeAssistantMqtt(hass)
    stack.callback(source.async_stop)
    stack.push_async_callback(publishing.async_stop)
    source.async_start(partial(publishing.async_begin, config, source.connect, BROKER))


@callback
def async_before_shutdown(hass: HomeAssistant, stop: Callable[[], object]) -> Callable[[], None]:
    """Stop an entry at shutdown, before the MQTT integration disconnects from the broker."""
    return hass.async_add_shutdown_job(HassJob(stop))


class _Publishing:
    """Runs at most one publisher, once there is a broker."""

    def __init__(self, hass: HomeAssistant, nvr: Nvr) -> None:
        self._hass = hass
        self._nvr = nvr
        self._publisher: MqttPublisher | None = None
        self._unsubscribe: Callable[[], None] | None = None

    @callback
    def async_begin(self, config: MqttConfig, connect: Connect | None = None, broker: str | None = None) -> None:
        """Start the publisher with the current state, once."""
        if self._publisher is not None:
            return
        publisher = self._publisher = MqttPublisher(
            config,
            self._nvr.config.cameras,
            self._stats,
            command=self._switch,
            connect=connect,
            broker=broker,
            time_zone=dt_util.get_default_time_zone,
        )
        publisher.answer(partial(camera_activity, self._nvr))
        self._unsubscribe = self._nvr.subscribe(publisher.receive)
        self._publish_current_state(publisher)
        publisher.start()

    async def async_stop(self) -> None:
        """Publish pending messages and `offline`. May be called twice."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._publisher is not None:
            await async_call(self._hass, partial(self._publisher.stop, _STOP_TIMEOUT_S))

    def _switch(self, camera: str, feature: Feature, is_on: bool) -> None:
        self._nvr.set_feature(camera, feature, is_on=is_on)

    def _stats(self) -> dict[str, Any]:
        """Return the keys of Frigate 0.8, and those of today's Frigate. Runs in the publisher's thread."""
        stats = self._nvr.stats()
        detecting = {name for name in stats.cameras if self._nvr.camera_config(name).detect.enabled}
        return stats.to_payload() | stats_payload(stats, detecting=detecting, service={})

    def _publish_current_state(self, publisher: MqttPublisher) -> None:
        """Send the publisher the messages from before it existed."""
        for message in self._nvr.features():
            publisher.receive(message)
        for name in self._nvr.config.cameras:
            publisher.receive(self._nvr.camera_state(name))
        published: dict[CountKey, Count] = {}
        while (counts := self._nvr.counts()) != published:  # they may change in the meantime
            for (place, label), count in counts.items():
                is_zone = place not in self._nvr.config.cameras
                publisher.receive(
                    CountMessage(place=place, is_zone=is_zone, label=label, count=count.total, active=count.active)
                )
            published = counts
        for name, camera in self._nvr.config.cameras.items():
            for label in camera.objects.track:
                if (picture := self._nvr.best_picture(name, label)) is not None:
                    publisher.receive(SnapshotMessage(camera=name, label=label, picture=picture))


def _claim(hass: HomeAssistant, entry: ConfigEntry, place: _Place, stack: AsyncExitStack[None]) -> bool:
    """Claim a broker's topic prefix; False, with a repair issue, if another entry uses it."""
    claimed = hass.data.setdefault(_PREFIXES, {})
    issue_id = f"{entry.entry_id}/mqtt_prefix"
    if place not in claimed:
        claimed[place] = entry.title
        stack.callback(claimed.pop, place)
        return True
    stack.callback(ir.async_delete_issue, hass, DOMAIN, issue_id)
    if place[0] == BROKER and not hass.config_entries.async_entries(_MQTT):
        return False  # nobody publishes
    placeholders = {"entry": entry.title, "other": claimed[place], "prefix": place[1], "broker": place[0]}
    _LOGGER.warning("%(entry)s publishes nothing over MQTT: %(other)s uses %(prefix)s on %(broker)s", placeholders)
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="mqtt_prefix_taken",
        translation_placeholders=placeholders,
    )
    return False
