"""A dashboard with what the integration offers for the sample's camera."""

from typing import Any, Final

from home_assistant.client import Connection

URL_PATH: Final = "demo-cameras"
CAMERA: Final = "vtest"


async def make_dashboard(connection: Connection) -> None:
    """Add the dashboard to Home Assistant."""
    await connection.command(
        "lovelace/dashboards/create",
        url_path=URL_PATH,
        mode="storage",
        title="Cameras",
        icon="mdi:cctv",
        show_in_sidebar=True,
    )
    await connection.command("lovelace/config/save", url_path=URL_PATH, config={"views": [_view()]})


def _view() -> dict[str, Any]:
    live = {
        "type": "picture-entity",
        "entity": f"camera.{CAMERA}",
        "camera_view": "live",
        "show_state": False,
        "show_name": False,
    }
    sections = [
        _section("Live", "mdi:cctv", _wide(live), *map(_tile, _states()), span=2),
        _section("Last seen", "mdi:image-outline", _picture("person", "4:3"), _picture("car", "1:1")),
    ]
    return {"title": "Cameras", "type": "sections", "max_columns": 3, "sections": sections}


def _states() -> tuple[tuple[str, str, str], ...]:
    return (
        (f"sensor.{CAMERA}_person_count", "Persons", "blue"),
        (f"sensor.{CAMERA}_car_count", "Cars", "purple"),
        (f"binary_sensor.{CAMERA}_person_occupancy", "Person occupancy", "green"),
        (f"binary_sensor.{CAMERA}_motion", "Motion", "orange"),
    )


def _section(title: str, icon: str, *cards: dict[str, Any], span: int = 1) -> dict[str, Any]:
    heading = {"type": "heading", "heading": title, "icon": icon}
    return {"type": "grid", "column_span": span, "cards": [heading, *cards]}


def _wide(card: dict[str, Any]) -> dict[str, Any]:
    return card | {"grid_options": {"columns": "full"}}


def _tile(state: tuple[str, str, str]) -> dict[str, Any]:
    entity, name, colour = state
    return {"type": "tile", "entity": entity, "name": name, "color": colour}


def _picture(label: str, aspect_ratio: str) -> dict[str, Any]:
    shape = {"aspect_ratio": aspect_ratio, "fit_mode": "cover", "show_state": False, "show_name": False}
    return _wide({"type": "picture-entity", "entity": f"image.{CAMERA}_{label}"} | shape)
