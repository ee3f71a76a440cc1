"""The recorder is a program of its own: what it shares with the engine is small, and the engine does not know it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2] / "custom_components" / "frigate_native"
SHARED = ("engine.errors", "engine.redact", "engine.concurrency", "engine.ffmpeg", "engine.disk")


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """Yield the modules of a folder with each module of the integration that they import."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        package = file.relative_to(ROOT).parent.parts
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = package[: len(package) - node.level + 1]
                yield str(file.relative_to(ROOT)), ".".join([*base, *(node.module or "").split(".")]).strip(".")


def is_below(module: str, *packages: str) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def test_recorder_imports_only_what_it_shares_with_the_engine() -> None:
    found = list(imports("recorder"))
    assert [pair for pair in found if not is_below(pair[1], "recorder", *SHARED)] == []
    assert any(is_below(module, "engine") for _, module in found)


def test_shared_rooms_need_nothing_else_of_the_engine() -> None:
    for room in ("engine/concurrency", "engine/ffmpeg", "engine/disk"):
        assert [pair for pair in imports(room) if not is_below(pair[1], *SHARED)] == []


def test_engine_does_not_import_the_recorder() -> None:
    found = [*imports("engine"), *imports("detector")]
    assert [pair for pair in found if is_below(pair[1], "recorder", "recording")] == []


def test_what_an_entry_holds_does_not_import_the_entry() -> None:
    assert [pair for pair in imports("recording") if is_below(pair[1], "data")] == []
