"""The reference: everything that a model can find in a file, linked to identities."""

from collections.abc import Sequence
from pathlib import Path

import av

from custom_components.frigate_native.engine.geometry import Size

from .appearance import appearances_of
from .duplicates import without_duplicates
from .identities import read_identities, recognise
from .linking import TimedSighting, link
from .search import Found
from .tracks import Sighting, Track


def reference_tracks(
    video: Path, found: Found, labels: Sequence[str], identities: Path | None = None
) -> dict[str, list[Track]]:
    """Return the identities of each label in a file, from the result of an exhaustive search.

    identities: a file of identities; labels that are not in it are linked. The default is the file next to the
    video: `VIDEO.identities.csv`, without the video's suffix.
    """
    file = identities or video.with_suffix(".identities.csv")
    references: dict[str, list[Track]] = {}
    for label in labels:
        seen = [without_duplicates(one for one in frame if one.label == label) for frame in found.sightings]
        known = read_identities(file, label, _size(video), found.times) if file.is_file() else []
        references[label] = recognise(known, seen) if known else _linked(video, seen, found.times)
    return references


def _linked(video: Path, sightings: Sequence[Sequence[Sighting]], times: Sequence[float]) -> list[Track]:
    frames = zip(times, sightings, appearances_of(video, sightings), strict=True)
    timed = [
        [
            TimedSighting(frame=index, time=time, seen=one, appearance=appearance)
            for one, appearance in zip(seen, appearances, strict=True)
        ]
        for index, (time, seen, appearances) in enumerate(frames)
    ]
    return link(timed, times)


def _size(video: Path) -> Size:
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        return Size(stream.width, stream.height)
