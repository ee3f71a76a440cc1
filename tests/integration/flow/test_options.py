"""Changing what all cameras of an entry share."""

import sys
from pathlib import Path

import pytest
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.engine.config.model import TlsConfig

from ..system import (
    async_set_up,
    camera,
    camera_subentry,
    file_entry,
    ui_entry,
    write_file,
)
from .walk import (
    Form,
    Options,
    options_form,
)


async def test_openvino_is_refused_where_it_is_not_installed(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)  # as Python has what cannot be imported
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    flow = Options(hass)
    await flow.start(entry.entry_id)
    result = await flow.send(options_form() | {"detector": {"type": "openvino"}})
    assert result["errors"] == {"detector": "no_openvino"}
    assert (await flow.send(options_form()))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


@pytest.mark.parametrize(
    ("detector", "expected"),
    [
        pytest.param({"type": "edgetpu", "device": "usb:1"}, ("edgetpu", "usb:1", None), id="coral"),
        pytest.param({"type": "zmq", "endpoint": "tcp://127.0.0.1:9"}, ("zmq", "usb", "tcp://127.0.0.1:9"), id="zmq"),
        pytest.param({"type": "openvino", "device": "usb"}, ("openvino", "AUTO", None), id="openvino"),
    ],
)
async def test_detectors_of_all_kinds_can_be_chosen(
    hass: HomeAssistant, detector: Form, expected: tuple[str, str, str | None]
) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    flow = Options(hass)
    await flow.start(entry.entry_id)
    result = await flow.send(options_form() | {"detector": {"type": "zmq", "endpoint": "10.0.0.9"}})
    assert result["errors"] == {"detector": "invalid_detector"}
    assert result["description_placeholders"]["mistake_detector"].startswith("endpoint: ")
    assert (await flow.send(options_form() | {"detector": detector}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert [(one.type, one.device, one.endpoint) for one in entry.runtime_data.config.detectors] == [expected]


async def _change_options(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    flow = Options(hass)
    await flow.start(entry.entry_id)
    result = await flow.send(options_form(host="127.0.0.1", topic_prefix="a/#"))
    assert result["errors"] == {"mqtt": "invalid_mqtt"}
    assert "topic prefix: " in result["description_placeholders"]["mistake_mqtt"]
    result = await flow.send(options_form(host="127.0.0.1", tls_ca_certs="no.pem"))
    assert "tls ca certs: " in result["description_placeholders"]["mistake_mqtt"]
    assert (await flow.send(options_form(host="127.0.0.1", password="{brace", tls_ca_certs="auto", qos=1)))[
        "type"
    ] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    config = entry.runtime_data.config
    assert (config.mqtt.topic_prefix, config.mqtt.password, config.mqtt.qos) == ("nvr", "{brace", 1)
    assert config.mqtt.tls == TlsConfig()
    assert [detector.num_threads for detector in config.detectors] == [1]


async def test_options_take_effect_at_once(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    await _change_options(hass, entry)
    flow = Options(hass)
    await flow.start(entry.entry_id)
    assert (await flow.send(options_form(host="", topic_prefix="a/#")))["errors"] == {"mqtt": "invalid_mqtt"}
    assert (await flow.send(options_form(host="")))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert entry.runtime_data.config.mqtt is None


async def test_entry_from_a_file_has_options_for_what_the_file_has_not(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera("/nowhere.mp4")}))
    await async_set_up(hass, entry)
    flow = Options(hass)
    assert (await flow.start(entry.entry_id))["step_id"] == "file"
    form = {"mqtt": {"topic_prefix": "a/#"}, "recording": {}, "http": {"public_clips": True, "port": 6000}}
    result = await flow.send(form)
    assert "topic prefix: " in result["description_placeholders"]["mistake_mqtt"]
    form["mqtt"] = {"way": "off", "topic_prefix": "nvr"}
    assert (await flow.send(form))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    http = entry.runtime_data.http
    assert (http.has_public_clips, http.is_listening, http.host, http.port) == (True, False, "127.0.0.1", 6000)


async def test_options_mend_an_entry_that_failed(hass: HomeAssistant) -> None:
    entry = ui_entry(
        camera_subentry("Front", "/nowhere.mp4"), options={"mqtt": {"host": "127.0.0.1", "topic_prefix": "a/#"}}
    )
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await _change_options(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
