"""An NVR on a video, in a process that tests kill: FOLDER VIDEO; says a line with id, start and time of each event."""

import sys
import threading
from pathlib import Path

from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.messages import EventMessage, EventType, Message
from custom_components.frigate_native.engine.nvr import Nvr
from custom_components.frigate_native.engine.paths import MediaPaths
from tests.engine.media.clip_cameras import campus_config


def tell(message: Message) -> None:
    """Say what has begun."""
    if isinstance(message, EventMessage) and message.type is EventType.NEW:
        state = message.after
        sys.stdout.write(f"{state.id} {state.start_time} {state.frame_time}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    folder, video = map(Path, sys.argv[1:])
    nvr = Nvr(campus_config(folder, video), EngineContext(paths=MediaPaths.below(folder)))
    nvr.subscribe(tell)
    nvr.start()
    threading.Event().wait()
