"""What people read: translations/en.json, and whether a step of a flow has all its texts."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from homeassistant.helpers.selector import ConstantSelector, ObjectSelector

INTEGRATION = Path(__file__).parents[2] / "custom_components" / "frigate_native"
ENGLISH: Mapping[str, Any] = json.loads((INTEGRATION / "translations" / "en.json").read_text())
ICONS: Mapping[str, Any] = json.loads((INTEGRATION / "icons.json").read_text())


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return set(re.findall(r"{(\w+)}", text))


def check_step(flow: Mapping[str, Any], result: Mapping[str, Any]) -> None:
    """Fail unless a flow's result has every text that it shows, and every placeholder in them."""
    words = set(result.get("description_placeholders") or {})
    match str(result["type"]):
        case "form":
            step = flow["step"][result["step_id"]]
            shown = [
                step["title"],
                step["description"],
                *(flow["error"][key] for key in (result["errors"] or {}).values()),
            ]
            _check_fields(step, result["data_schema"].schema if result["data_schema"] else {})
        case "menu":
            step = flow["step"][result["step_id"]]
            shown = [step["title"], step["description"]]
            assert set(step["menu_options"]) == set(result["menu_options"])
        case "abort":
            shown = [flow["abort"][result["reason"]]]
        case _:
            shown = []
    for text in shown:
        assert placeholders(text) <= words, text


def _check_fields(texts: Mapping[str, Any], schema: Mapping[Any, Any]) -> None:
    sections = {str(key): value.schema.schema for key, value in schema.items() if hasattr(value, "options")}
    fields = {str(key) for key, value in schema.items() if not isinstance(value, ConstantSelector)} - set(sections)
    assert set(texts.get("data", {})) == fields
    without_help = {str(key) for key, value in schema.items() if _is_list_of_forms(value)}  # the frontend shows none
    assert set(texts.get("data_description", {})) == fields - without_help
    assert set(texts.get("sections", {})) == set(sections)
    for name, inner in sections.items():
        _check_fields(texts["sections"][name], inner)


def _is_list_of_forms(field: object) -> bool:
    return isinstance(field, ObjectSelector) and "fields" in field.config


def leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Return all texts with their dotted keys."""
    for key, value in tree.items():
        if isinstance(value, str):
            yield f"{path}{key}", value
        else:
            yield from leaves(value, f"{path}{key}.")
