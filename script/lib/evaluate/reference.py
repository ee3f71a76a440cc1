"""The reference: everything that a model can find in a file, and which of it is one thing."""

from collections.abc import Sequence
from pathlib import Path

from .doubles import without_doubles
from .linking import Glimpse, link
from .looks import looks_of
from .search import Found
from .tracks import Track


def reference_tracks(video: Path, found: Found, labels: Sequence[str]) -> dict[str, list[Track]]:
    """Return the identities of each label in a file, from what an exhaustive search has found in it."""
    distinct = [without_doubles(seen for seen in frame if seen.label in labels) for frame in found.sightings]
    looks = looks_of(video, distinct)
    glimpses = [
        [Glimpse(frame=index, time=time, seen=seen, look=look) for seen, look in zip(sightings, own, strict=True)]
        for index, (time, sightings, own) in enumerate(zip(found.times, distinct, looks, strict=True))
    ]
    return {
        label: link([[glimpse for glimpse in frame if glimpse.seen.label == label] for frame in glimpses], found.times)
        for label in labels
    }
