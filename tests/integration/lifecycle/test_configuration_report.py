"""A file of today's Frigate: what the user is shown about it, before it is set up and in Repairs."""

from pathlib import Path

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir

from custom_components.frigate_native.const import DOMAIN

from ..system import async_set_up, async_until, camera, file_entry, write_file

TODAY = {"version": "0.17-0", "birdseye": {"mode": "continuous"}, "auth": {"enabled": True}}


def report_of(hass: HomeAssistant, entry_id: str) -> str | None:
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"{entry_id}/configuration")
    return issue.translation_placeholders["report"] if issue and issue.translation_placeholders else None


async def test_report_is_shown_before_the_file_is_taken(hass: HomeAssistant, tmp_path: Path) -> None:
    path = write_file(tmp_path, {"front": camera()}, **TODAY)
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    await hass.config_entries.flow.async_configure(flow["flow_id"], {"next_step_id": "file"})

    result = await hass.config_entries.flow.async_configure(flow["flow_id"], {"path": str(path)})

    assert result["step_id"] == "report"
    shown = result["description_placeholders"]
    assert shown is not None
    assert shown["version"] == "Frigate 0.17"
    assert "`birdseye`" in shown["report"]
    assert "`auth`" in shown["report"]
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_repair_issue_names_what_is_missing_until_the_file_has_it_no_more(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera()}, **TODAY))
    await async_set_up(hass, entry)

    report = report_of(hass, entry.entry_id)
    assert report is not None
    assert "`birdseye`" in report
    assert "`auth`" not in report

    write_file(tmp_path, {"front": camera()}, version="0.17-0")
    await hass.config_entries.async_reload(entry.entry_id)
    assert report_of(hass, entry.entry_id) is None


async def test_issue_goes_with_its_entry(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera()}, **TODAY))
    await async_set_up(hass, entry)

    await hass.config_entries.async_remove(entry.entry_id)

    assert report_of(hass, entry.entry_id) is None


async def test_mask_that_hides_all_of_the_stream_is_an_issue_with_a_drawing(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    masked = camera(motion={"mask": "0,0,1920,0,1920,1080,0,1080"})
    entry = file_entry(write_file(tmp_path, {"front": masked}))
    await async_set_up(hass, entry)
    issue_id = f"{entry.entry_id}/camera/front/areas"
    registry = ir.async_get(hass)

    await async_until(lambda: registry.async_get_issue(DOMAIN, issue_id) is not None)

    issue = registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_key == "camera_advice_areas"
    assert issue.translation_placeholders is not None
    assert "`cameras.front.motion.mask`: this mask hides 100 %" in issue.translation_placeholders["notes"]
    assert issue.translation_placeholders["notes"].count("█" * 32) == 9
    assert "/api/" not in issue.translation_placeholders["notes"]  # every user may read it, but not see the camera

    await hass.config_entries.async_unload(entry.entry_id)
    assert registry.async_get_issue(DOMAIN, issue_id) is None
