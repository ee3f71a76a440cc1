"""Imports follow the table in docs/architecture.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / "frigate_native"
DOCUMENT = ROOT / "docs" / "architecture.md"

# What the add-on's container has of the engine, beside the recorder.
SHARED_WITH_RECORDER = {"engine.concurrency", "engine.disk", "engine.errors", "engine.ffmpeg", "engine.redact"}
MODELS = "models"  # data


def module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): file for file in PACKAGE.rglob("*.py")}


def room_of(module: str) -> str:
    """Return what a module is called in the table: its package, or itself; one of the engine's is a room of its own."""
    steps = 2 if module.startswith("engine.") else 1
    return ".".join(module.split(".")[:steps]) or "__init__"


def imported_by(module: str) -> Iterator[str]:
    """Yield the modules of the integration that a module imports."""
    file = MODULES[module]
    package = module.split(".") if file.stem == "__init__" and module else module.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
            for alias in node.names:
                name = ".".join((*base, alias.name))
                yield name if name in MODULES else ".".join(base)


def floors() -> list[set[str]]:
    """Return the rooms of each floor in the table, from the top down."""
    table = DOCUMENT.read_text(encoding="utf-8").partition("| Floor | Rooms |")[2].partition("\n\n")[0]
    return [set(re.findall(r"`([\w.]+)`", line.rpartition(" | ")[2])) for line in table.splitlines()[2:]]


def arrows() -> list[tuple[str, str, str]]:
    """Return all imports from one room into another: the rooms, and the module that imports."""
    return [
        (room_of(module), room_of(target), module)
        for module in MODULES
        for target in imported_by(module)
        if room_of(target) != room_of(module) and target != "engine"
    ]


def test_table_has_every_room_once() -> None:
    rooms = [room for floor in floors() for room in floor]
    assert sorted(rooms) == sorted({room_of(module) for module in MODULES} - {"engine", MODELS})


def test_no_import_goes_up_or_sideways() -> None:
    floor_of = {room: index for index, floor in enumerate(floors()) for room in floor}
    assert [arrow for arrow in arrows() if floor_of[arrow[0]] >= floor_of[arrow[1]]] == []


@pytest.mark.parametrize(
    ("room", "allowed"), [("recorder", SHARED_WITH_RECORDER), ("detector", set()), ("const", set())]
)
def test_room_imports_only_what_it_may(room: str, allowed: set[str]) -> None:
    assert {target for source, target, _ in arrows() if source == room} <= allowed


def test_only_detection_imports_the_detector() -> None:
    assert {source for source, target, _ in arrows() if target == "detector"} == {"engine.detection"}


def test_engine_does_not_import_the_recorder() -> None:
    assert not [
        arrow
        for arrow in arrows()
        if arrow[0].startswith("engine.") and not arrow[1].startswith("engine.") and arrow[1] != "detector"
    ]
