"""The engine and the detector are imported by one door that knows nothing of Home Assistant."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "custom_components" / "frigate_native"
RUNTIMES = {
    *(f"detector.backends.{name}" for name in ("litert", "edgetpu", "ncnn", "onnx", "openvino")),
    *(f"detector.remote.{name}" for name in ("client", "connection", "keys", "main", "service")),
    "detector.assisted",
}
BROUGHT = {"openvino": {"packaging"}}

PROGRAM = """
import importlib, json, sys, types
package = types.ModuleType("frigate_native")
package.__path__ = [sys.argv[1]]
sys.modules["frigate_native"] = package
for name in sys.argv[2:]:
    importlib.import_module("frigate_native." + name)
print(json.dumps(sorted(name for name, module in sys.modules.items() if module)))
"""


def modules_of(folder: str) -> list[str]:
    """Return the names of all modules below a folder of the package, relative to it."""
    files = sorted((PACKAGE / folder).rglob("*.py"))
    names = (file.relative_to(PACKAGE).with_suffix("").parts for file in files if file.stem != "__main__")
    return [".".join(parts[:-1] if parts[-1] == "__init__" else parts) for parts in names]


def imported_by(modules: list[str]) -> set[str]:
    """Return what a fresh interpreter has imported after these modules."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, str(PACKAGE), *modules], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def roots(names: set[str]) -> set[str]:
    """Return the packages that these modules belong to, without the standard library's."""
    return {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)


def test_engine_and_detector_do_not_import_home_assistant() -> None:
    imported = roots(imported_by(modules_of("engine") + modules_of("detector")))
    assert "numpy" in imported
    assert not imported & {"homeassistant", "voluptuous_serialize", "cv2"}


def test_detector_imports_nothing_but_numpy() -> None:
    modules = [name for name in modules_of("detector") if name not in RUNTIMES]
    imported = imported_by(modules)
    assert roots(imported) - {"__main__", "__mp_main__"} == {"frigate_native", "numpy"}
    assert not any(name.startswith("frigate_native.engine") for name in imported)


@pytest.mark.parametrize(
    ("module", "runtime"),
    [
        ("backends.litert", "ai_edge_litert"),
        ("backends.edgetpu", "ai_edge_litert"),
        ("backends.ncnn", "ncnn"),
        ("backends.onnx", "onnxruntime"),
        ("backends.openvino", "openvino"),
        ("remote.client", "zmq"),
    ],
)
def test_backend_imports_only_its_runtime(module: str, runtime: str) -> None:
    imported = {name for name in roots(imported_by([f"detector.{module}"])) if "cython" not in name}
    assert runtime in imported
    assert imported <= {"__main__", "__mp_main__", "frigate_native", "numpy", runtime, *BROUGHT.get(runtime, ())}
