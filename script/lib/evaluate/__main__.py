"""The evaluation's command line; see script/evaluate."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from typing import Any

import av
from benchmark import engine_import  # noqa: F401 - must come first: lets the engine be imported without Home Assistant

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.detection.model_loading import load_model
from custom_components.frigate_native.engine.errors import DetectorError, FrigateNativeError

from .details import disagreements, wrong_events
from .metrics import compare, delays_s, false_events
from .picture import draw
from .reference import reference_tracks
from .reporting import CAMERA, Reported, report
from .search import search
from .tracks import Track

_DETECTORS = 2  # one for each core of a small machine


def main() -> int:
    """Evaluate the videos, print a JSON line per video and label, and return the exit code."""
    arguments = _parse_arguments()
    missing = [str(video) for video in arguments.video if not video.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    try:
        for video in arguments.video:
            _evaluate(video, arguments)
    except FrigateNativeError as err:
        print(err, file=sys.stderr)
        return 1
    return 0


def _evaluate(video: Path, arguments: argparse.Namespace) -> None:
    labels = arguments.track.split(",")
    config = _config(video, labels, arguments.fps or _frame_rate(video))
    with _running_pool(config) as pool:
        found = search(video, pool, _model(config), is_cached=not arguments.no_cache)
        reported = report(video, config, pool, arguments.fps)
    references = reference_tracks(video, found, labels, arguments.identities)
    for label in labels:
        reference = [part for track in references[label] if (part := track.in_frames(set(reported.frames))).certain]
        print(
            json.dumps({"video": str(video), "label": label} | _figures(reference, reported, label, found.times)),
            flush=True,
        )
        if arguments.details:
            _write_details(arguments.details / f"{video.stem}-{label}.jsonl", reference, reported, label)
    if arguments.picture:
        draw(video, _events(reported), arguments.picture / f"tracking-{video.stem}.png")


def _figures(reference: list[Track], reported: Reported, label: str, times: Sequence[float]) -> dict[str, Any]:
    tracks = reported.of_label(label)
    events = [track for track in tracks if track.id in reported.events]
    figures = compare(reference, tracks, reported.frames)
    delays = delays_s(reference, tracks, {frame: times[frame] for frame in reported.frames}) or [0.0]
    return {
        "recall": round(figures.recall, 3),
        "precision": round(figures.precision, 3),
        "detections_per_frame": round(reported.inferences / max(len(reported.frames), 1), 2),
        "id_switches": figures.id_switches,
        "idf1": round(figures.idf1, 3),
        "fragmentations": figures.fragmentations,
        "first_found_after_s": {"mean": round(fmean(delays), 2), "most": round(max(delays), 2)},
        "false_events": len(false_events(reference, events)),
        "frames": len(reported.frames),
        "reference_tracks": len(reference),
        "tracks": len(tracks),
        "events": len(events),
    }


def _write_details(file: Path, reference: list[Track], reported: Reported, label: str) -> None:
    tracks = reported.of_label(label)
    lines = [*disagreements(reference, tracks, reported.frames)]
    lines += wrong_events(reference, [track for track in tracks if track.id in reported.events])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def _events(reported: Reported) -> list[Track]:
    return [track for track in reported.tracks.values() if track.id in reported.events]


def _config(video: Path, labels: list[str], fps: float) -> Config:
    camera = {
        "ffmpeg": {"inputs": [{"path": str(video), "roles": ["detect"]}]},
        "objects": {"track": labels},
        "fps": max(1, round(fps)),
    }
    detectors = {f"detector_{number}": {"type": "cpu"} for number in range(1, _DETECTORS + 1)}
    return config_from_mapping({"detectors": detectors, "cameras": {CAMERA: camera}}, video.parent, {})


def _model(config: Config) -> Path:
    files = load_model(config.model).model.tflite
    if files is None:
        raise DetectorError("the evaluation needs a .tflite model")
    return Path(files.model)


def _frame_rate(video: Path) -> float:
    with av.open(str(video)) as container:
        return float(container.streams.video[0].average_rate or 5)


@contextmanager
def _running_pool(config: Config) -> Iterator[DetectorPool]:
    pool = DetectorPool(config.detectors, config.model, lambda message: None, runtime="litert")
    pool.start()
    try:
        yield pool
    finally:
        pool.stop()


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/evaluate", description="Compare the pipeline with an exhaustive search."
    )
    parser.add_argument("video", nargs="+", type=Path, metavar="VIDEO")
    parser.add_argument("--track", default="person,car", help="labels, separated by commas (default: person,car)")
    parser.add_argument("--fps", type=float, help="frames per second for the pipeline (default: all)")
    parser.add_argument(
        "--no-cache", action="store_true", help="repeat the search for the reference and do not cache it"
    )
    parser.add_argument("--picture", type=Path, metavar="FOLDER", help="draw each video's events to this folder")
    parser.add_argument(
        "--details", type=Path, metavar="FOLDER", help="write missed objects and switches to this folder"
    )
    parser.add_argument("--identities", type=Path, metavar="FILE", help="file of identities (default: next to VIDEO)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
