"""By which names Frigate's own web address may be called."""

from http import HTTPStatus

import aiohttp
from homeassistant.core import HomeAssistant

from tests.servers import free_port

from ..system import async_set_up, camera_subentry, ui_entry

ALLOWED = ["Frigate.Example.com", "http://cams.example.net:5000/"]


async def test_names_that_a_web_page_can_lead_here_are_refused(hass: HomeAssistant) -> None:
    port = free_port()
    await hass.config.async_update(external_url="https://home.example.org")
    http = {"listener": True, "host": "127.0.0.1", "port": port, "allowed_hosts": ALLOWED}
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options={"http": http})
    await async_set_up(hass, entry)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        for host, status in {
            f"127.0.0.1:{port}": HTTPStatus.OK,
            "192.168.1.7": HTTPStatus.OK,
            "[fd00::7]:5000": HTTPStatus.OK,
            "localhost:5000": HTTPStatus.OK,
            "frigate": HTTPStatus.OK,
            "HomeAssistant.local.:5000": HTTPStatus.OK,
            "frigate.example.com:5000": HTTPStatus.OK,
            "cams.example.net": HTTPStatus.OK,
            "home.example.org": HTTPStatus.OK,
            "evil.example.com:5000": HTTPStatus.MISDIRECTED_REQUEST,
            "local.evil.com": HTTPStatus.MISDIRECTED_REQUEST,
            "127.0.0.1.evil.com": HTTPStatus.MISDIRECTED_REQUEST,
        }.items():
            for path in ("/", "/stats"):
                answer = await client.get(path, headers={"Host": host})
                assert answer.status == status, (host, path)
        script = await client.get("/%3Cscript%3Ealert(1)%3C/script%3E/latest.jpg")
        assert (script.status, script.content_type) == (HTTPStatus.NOT_FOUND, "text/plain")
        assert script.headers["X-Content-Type-Options"] == "nosniff"
        assert "Allowed hostnames" in await (await client.get("/nothing", headers={"Host": "evil.com"})).text()
    assert await hass.config_entries.async_unload(entry.entry_id)
