"""The benchmark's command line; see script/benchmark."""

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from custom_components.frigate_native.engine.errors import FrigateNativeError

from .live import run_live
from .offline import Setup, run_offline
from .pools import run_pools


def main() -> int:
    """Measure what the arguments name and print a JSON line each; return the exit code."""
    wanted = _arguments()
    setup = Setup(
        detector=wanted.detector, runtime=wanted.runtime, threads=wanted.threads, labels=tuple(wanted.track.split(","))
    )
    missing = [str(video) for video in wanted.video if not video.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    try:
        _measure(wanted, setup)
    except FrigateNativeError as err:
        print(err, file=sys.stderr)
        return 1
    return 0


def _measure(wanted: argparse.Namespace, setup: Setup) -> None:
    with wanted.boxes.open("w") if wanted.boxes else nullcontext() as boxes:
        for video in wanted.video:
            if wanted.pool:
                figures = run_pools(video, wanted.pool, wanted.seconds, runtime=setup.runtime, threads=setup.threads)
            elif wanted.live:
                figures = run_live(
                    video,
                    wanted.live,
                    wanted.fps,
                    wanted.seconds,
                    detector=setup.detector,
                    threads=setup.threads,
                    runtime=setup.runtime,
                )
            else:
                figures = run_offline(video, setup, boxes)
            print(json.dumps(figures), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/benchmark", description="Measure the path from file to events.")
    parser.add_argument("video", nargs="+", type=Path, metavar="VIDEO")
    parser.add_argument("--detector", default="cpu", help="kind of detector (default: cpu)")
    parser.add_argument("--runtime", choices=["litert", "ncnn"], help="what runs the CPU model (default: the fastest)")
    parser.add_argument("--threads", type=int, default=1, help="threads of the CPU model (default: 1)")
    parser.add_argument("--track", default="person", help="labels to track, with commas (default: person)")
    parser.add_argument("--boxes", type=Path, metavar="FILE", help="also write every frame's tracked objects there")
    parser.add_argument("--live", type=int, metavar="N", help="run N cameras in real time inside Home Assistant")
    parser.add_argument("--pool", type=int, metavar="N", help="compare one CPU detector with up to N at one queue")
    parser.add_argument("--fps", type=int, default=5, help="with --live: frames a second of each camera (default: 5)")
    parser.add_argument("--seconds", type=float, default=60, help="with --live and --pool: how long (default: 60)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
