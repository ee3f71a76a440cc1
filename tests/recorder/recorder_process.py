"""A recorder in a process of its own, to be killed: recorder_process.py FOLDER VIDEO.

Enters the engine by the door that a container uses, so that nothing but the standard library may be needed.
"""

import importlib
import sys
import threading
import types
from pathlib import Path

ENGINE = Path(__file__).parents[2] / "custom_components" / "frigate_native"


def main() -> None:
    """Record until killed."""
    folder, video = map(Path, sys.argv[1:])
    package = types.ModuleType("frigate_native")
    package.__path__ = [str(ENGINE)]
    sys.modules["frigate_native"] = package
    recording = importlib.import_module("frigate_native.recorder")
    plan = importlib.import_module("frigate_native.recorder.plan")
    imported = {name.partition(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)
    assert {name for name in imported if not name.startswith("_")} == {"frigate_native"}, imported
    timeouts = recording.Timeouts(open_s=40.0, stall_s=20.0, late_s=40.0)
    recorder = recording.Recorder(folder / "recordings", folder / "cache", min_free=0, timeouts=timeouts)
    recorder.start()
    back = plan.InputPlan(
        camera="back",
        path=str(video),
        input_args=("-re", "-stream_loop", "-1"),
        record=("-segment_time", "1", "-c", "copy", "-an"),
    )
    recorder.apply(plan.Plan(time_zone="Europe/Berlin", inputs=(back,)))
    threading.Event().wait()


main()
