"""An object's appearance, to recognize it: the colours of its three parts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.frame import Rgb
from custom_components.frigate_native.engine.geometry import Box

from .tracks import Sighting

# Steps of brightness and of the two colour differences; closer where most clothes are.
_BRIGHTNESS: Final = (25, 45, 70, 100, 140, 190)
_COLOUR: Final = (-12, -5, 5, 12)
_KINDS: Final = (len(_BRIGHTNESS) + 1) * (len(_COLOUR) + 1) ** 2
_PARTS: Final = 3  # of a box, from top to bottom: a person's head, trunk and legs
_SIDES: Final = 0.2  # of a box's width ignored on either side: mostly background

type Appearance = NDArray[np.float32]  # (parts * kinds), of length 1: square roots of shares


def appearances_of(video: Path, sightings: Sequence[Sequence[Sighting]]) -> list[list[Appearance]]:
    """Return the appearance of each sighting in each frame of a file."""
    return [
        [_appearance(picture, seen.box) for seen in found]
        for frame, found in zip(read_frames(video), sightings, strict=True)
        for picture in [frame.to_rgb()]
    ]


def dissimilarity(first: Appearance, second: Appearance) -> float:
    """Return how different two appearances are, 0..1 (Hellinger distance)."""
    return float(np.sqrt(max(0.0, 1.0 - float(first @ second))))


def blend(first: Appearance, second: Appearance, share: float) -> Appearance:
    """Return a mixture of two appearances; `share` is the second one's weight."""
    mixture = first * np.float32(1 - share) + second * np.float32(share)
    mixture /= np.float32(np.linalg.norm(mixture))
    return mixture


def _appearance(picture: Rgb, box: Box) -> Appearance:
    x1, y1, x2, y2 = box
    side = int((x2 - x1) * _SIDES)
    kinds = _kinds(picture[y1:y2, x1 + side : max(x2 - side, x1 + side + 1)])
    counts = [np.bincount(part.ravel(), minlength=_KINDS) / max(part.size, 1) for part in np.array_split(kinds, _PARTS)]
    return np.sqrt(np.concatenate(counts) / _PARTS).astype(np.float32)


def _kinds(picture: Rgb) -> NDArray[np.intp]:
    """Return the number of each pixel's colour, (H, W)."""
    colours = picture.astype(np.float32)
    brightness = colours @ np.array([0.299, 0.587, 0.114], np.float32)  # ITU-R BT.601, as the two factors below
    blue, red = (colours[..., 2] - brightness) * 0.564, (colours[..., 0] - brightness) * 0.713
    chroma = np.digitize(blue, _COLOUR) * (len(_COLOUR) + 1) + np.digitize(red, _COLOUR)
    return np.digitize(brightness, _BRIGHTNESS) * (len(_COLOUR) + 1) ** 2 + chroma
