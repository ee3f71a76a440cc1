"""The benchmark's command line; see script/benchmark."""

import argparse
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from custom_components.frigate_native.engine.errors import FrigateNativeError

from .live import Load, run_live
from .offline import Setup, run_offline
from .pools import run_pools


def main() -> int:
    """Measure the videos, print a JSON line per video, and return the exit code."""
    arguments = _parse_arguments()
    setup = Setup(
        detector=arguments.detector,
        runtime=arguments.runtime,
        threads=arguments.threads,
        labels=tuple(arguments.track.split(",")),
    )
    missing = [str(video) for video in arguments.video if not video.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    try:
        _measure(arguments, setup)
    except FrigateNativeError as err:
        print(err, file=sys.stderr)
        return 1
    return 0


def _measure(arguments: argparse.Namespace, setup: Setup) -> None:
    with arguments.boxes.open("w") if arguments.boxes else nullcontext() as boxes:
        for video in arguments.video:
            if arguments.pool:
                figures = run_pools(
                    video, arguments.pool, arguments.seconds, runtime=setup.runtime, threads=setup.threads
                )
            elif arguments.live:
                figures = run_live(
                    video,
                    Load(
                        cameras=arguments.live,
                        fps=arguments.fps,
                        seconds=arguments.seconds,
                        viewers=arguments.viewers,
                        requests=arguments.requests,
                    ),
                    detector=setup.detector,
                    threads=setup.threads,
                    runtime=setup.runtime,
                )
            else:
                figures = run_offline(video, setup, boxes)
            print(json.dumps(figures), flush=True)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/benchmark", description="Measure the path from file to events.")
    parser.add_argument("video", nargs="+", type=Path, metavar="VIDEO")
    parser.add_argument("--detector", default="cpu", help="kind of detector (default: cpu)")
    parser.add_argument("--runtime", choices=["litert", "ncnn"], help="runtime of the CPU model (default: the fastest)")
    parser.add_argument("--threads", type=int, default=1, help="threads of the CPU model (default: 1)")
    parser.add_argument("--track", default="person", help="labels to track, separated by commas (default: person)")
    parser.add_argument(
        "--boxes", type=Path, metavar="FILE", help="also write each frame's tracked objects to this file"
    )
    parser.add_argument("--live", type=int, metavar="N", help="run N cameras in real time inside Home Assistant")
    parser.add_argument(
        "--viewers",
        type=int,
        default=0,
        metavar="N",
        help="with --live: measure again while N clients request pictures without pause",
    )
    parser.add_argument(
        "--requests",
        type=float,
        default=0,
        metavar="R",
        help="with --viewers: they send R requests a second for pictures and events, instead of pictures without pause",
    )
    parser.add_argument(
        "--pool", type=int, metavar="N", help="compare one CPU detector with up to N that share a queue"
    )
    parser.add_argument("--fps", type=int, default=5, help="with --live: frames per second of each camera (default: 5)")
    parser.add_argument("--seconds", type=float, default=60, help="with --live and --pool: duration (default: 60)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
