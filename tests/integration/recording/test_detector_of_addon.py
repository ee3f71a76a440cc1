"""The add-on's detector, offered in a health report: a running camera's regions go there."""

from http import HTTPStatus
from pathlib import Path

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.detector.remote.keys import Keys, load_keys
from tests.detector.remote_servers import one_row, peer

from ..recorder_reports import report
from ..system import async_set_up, async_until, camera, file_entry, write_file
from ..web import BASE


def offer(port: int, keys: Keys) -> dict[str, object]:
    """Return what the add-on reports about its detector."""
    return {
        "port": port,
        "description": "Coral",
        "server_key": keys.server_key,
        "client_key": keys.client_key,
        "client_secret": keys.client_secret,
    }


async def test_offered_detector_gets_the_regions_of_a_camera(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, tmp_path: Path
) -> None:
    keys = await hass.async_add_executor_job(load_keys, tmp_path / "keys.json")
    asked: list[int] = []

    def answer(frames: list[bytes]) -> list[bytes]:
        asked.append(len(frames))
        return [one_row(score=0.0)]

    await async_set_up(hass, file_entry(write_file(tmp_path, {"front": camera()})))
    addon = await hass_client()
    with peer(answer, keys=keys) as port:
        health = report() | {"detector": offer(port, keys)}
        assert (await addon.post(f"{BASE}/recorder/health", json=health)).status == HTTPStatus.OK
        await async_until(lambda: len(asked) > 20)  # a few of them only measure how fast it is
        wrong = report() | {"detector": {"port": port}}
        assert (await addon.post(f"{BASE}/recorder/health", json=wrong)).status == HTTPStatus.BAD_REQUEST
