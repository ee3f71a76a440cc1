"""Motion: when something counts as moving, and where."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from custom_components.frigate_native.engine.config.model import MotionConfig
from custom_components.frigate_native.engine.geometry import Box, Size
from custom_components.frigate_native.engine.motion import MotionDetector
from custom_components.frigate_native.engine.motion.components import find_boxes, grow
from custom_components.frigate_native.engine.motion.scaling import Shrinker

FULL_HD = Size(1920, 1080)
BACKGROUND = 80


def settled(
    size: Size = FULL_HD, mask: NDArray[np.uint8] | None = None, config: MotionConfig | None = None
) -> MotionDetector:
    detector = MotionDetector(config or MotionConfig(), size, mask)
    for _ in range(45):
        assert detector.detect(flat(size)) == []
    return detector


def flat(size: Size = FULL_HD) -> NDArray[np.uint8]:
    return np.full((size.height, size.width), BACKGROUND, np.uint8)


def with_square(x: int, y: int, side: int, step: int) -> NDArray[np.uint8]:
    luma = flat()
    luma[y : y + side, x : x + side] = BACKGROUND + step
    return luma


def frames_with_motion(detector: MotionDetector, luma: NDArray[np.uint8]) -> list[int]:
    return [number for number in range(1, 31) if detector.detect(luma)]


@pytest.mark.parametrize(
    ("side", "step", "first", "last"),
    [
        pytest.param(240, 120, 2, 16, id="clear"),
        pytest.param(240, 175, 1, 18, id="strong"),
        pytest.param(240, 62, 4, 13, id="weakest_that_counts"),
        pytest.param(50, 120, 2, 16, id="smallest_that_counts"),
    ],
)
def test_what_appears_moves_until_it_is_background(side: int, step: int, first: int, last: int) -> None:
    seen = frames_with_motion(settled(), with_square(600, 400, side, step))
    assert seen == list(range(first, last + 1))


@pytest.mark.parametrize(("side", "step"), [(240, 61), (240, 25), (40, 120)])
def test_too_weak_or_too_small_is_no_motion(side: int, step: int) -> None:
    assert frames_with_motion(settled(), with_square(600, 400, side, step)) == []


def test_motion_box_is_a_little_larger_than_what_moves() -> None:
    detector = settled()
    luma = with_square(600, 400, 120, 120)
    detector.detect(luma)
    assert detector.detect(luma) == [(588, 390, 732, 534)]


def test_what_vanishes_leaves_no_motion_behind() -> None:
    detector = settled()
    for _ in range(5):
        detector.detect(with_square(600, 400, 240, 120))
    assert all(detector.detect(flat()) == [] for _ in range(10))


def test_masked_area_has_no_motion() -> None:
    mask = np.full((1080, 1920), 255, np.uint8)
    mask[300:800, 500:1000] = 0
    assert frames_with_motion(settled(mask=mask), with_square(600, 400, 240, 120)) == []


def test_first_thirty_frames_only_learn() -> None:
    detector = MotionDetector(MotionConfig(), FULL_HD, None)
    lumas = [with_square(600 + 40 * number, 400, 240, 150) for number in range(30)]
    assert all(detector.detect(luma) == [] for luma in lumas)


@pytest.mark.parametrize("share", [0.001, 0.004, 0.012, 0.03])
def test_boxes_agree_with_contours(share: float) -> None:
    random = np.random.default_rng(round(share * 10_000))
    for _ in range(50):
        mask = random.random((96, 128)) < share
        grown = grow(mask)
        reference = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8), iterations=2)
        assert np.array_equal(grown, reference.astype(bool))
        assert sorted(find_boxes(grown, 100)) == sorted(contour_boxes(reference.astype(np.uint8), 100))


def contour_boxes(mask: NDArray[np.uint8], min_area: float) -> list[Box]:
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = [cv2.boundingRect(contour) for contour in contours if cv2.contourArea(contour) > min_area]
    return [(x, y, x + width, y + height) for x, y, width, height in boxes]


def test_hole_counts_as_part_of_its_ring() -> None:
    ring = np.zeros((40, 40), bool)
    ring[5:17, 5:17] = True
    ring[9:13, 9:13] = False
    assert find_boxes(ring, 120) == [(5, 5, 17, 17)]
    assert find_boxes(ring, 121) == []


@pytest.mark.parametrize("wanted", [Size(128, 96), Size(180, 135), Size(77, 58)])
def test_shrinking_agrees_with_bilinear_scaling(wanted: Size) -> None:
    luma = np.random.default_rng(7).integers(0, 256, (576, 768), dtype=np.uint8)
    reference = cv2.resize(luma, tuple(wanted), interpolation=cv2.INTER_LINEAR)
    assert np.abs(Shrinker(Size(768, 576), wanted).shrink(luma) - reference).max() <= 1


def test_warm_up_is_blind() -> None:
    detector = MotionDetector(MotionConfig(), FULL_HD, None)
    assert detector.is_blind
    blind = [detector.detect(flat()) == [] and detector.is_blind for _ in range(40)]
    assert blind == [True] * 30 + [False] * 10


@pytest.mark.parametrize(("side", "is_blind"), [(1080, True), (900, False)])
def test_another_scene_is_blind_at_once_and_until_it_is_background(side: int, *, is_blind: bool) -> None:
    detector = settled()
    luma = with_square(0, 0, side, 60)
    assert detector.detect(luma) == []  # not motion before the second frame
    assert detector.is_blind is is_blind
    for _ in range(30):
        detector.detect(luma)
    assert not detector.is_blind


def test_masked_part_of_a_new_scene_does_not_count() -> None:
    mask = np.zeros((FULL_HD.height, FULL_HD.width), np.uint8)
    mask[:600, :600] = 255
    detector = settled(mask=mask)
    detector.detect(with_square(0, 0, 600, 60))
    assert detector.is_blind


def noticed(config: MotionConfig, picture: NDArray[np.uint8], change: int) -> bool:
    """Return whether a square that becomes brighter is motion, in a picture without motion before."""
    detector = MotionDetector(config, FULL_HD, None)
    assert not any(detector.detect(picture) for _ in range(200))
    picture = picture.copy()
    picture[400:640, 600:840] += np.uint8(change)
    return any(detector.detect(picture) for _ in range(10))


def dark() -> NDArray[np.uint8]:
    return np.broadcast_to(np.linspace(10, 40, FULL_HD.width).astype(np.uint8), (FULL_HD.height, FULL_HD.width))


@pytest.mark.parametrize("frame_alpha", [0.2, 0.01])
def test_improved_contrast_shows_motion_in_the_dark(frame_alpha: float) -> None:
    assert not noticed(MotionConfig(frame_alpha=frame_alpha), dark(), 8)
    assert noticed(MotionConfig(frame_alpha=frame_alpha, improve_contrast=True), dark(), 8)


def test_improved_contrast_accepts_a_plain_picture() -> None:
    assert noticed(MotionConfig(improve_contrast=True), flat(), 120)


def test_motion_detection_can_be_off() -> None:
    detector = MotionDetector(MotionConfig(enabled=False), FULL_HD, None)
    assert not any(detector.detect(flat()) or detector.detect(with_square(600, 400, 240, 120)) for _ in range(60))
    assert not detector.is_blind


def brighter_part(share: float) -> NDArray[np.uint8]:
    luma = flat()
    luma[:, : round(FULL_HD.width * share)] += 120
    return luma


@pytest.mark.parametrize(("threshold", "is_blind"), [(0.5, True), (0.8, False)])
def test_lightning_threshold_is_the_share_from_which_motion_says_nothing(threshold: float, is_blind: bool) -> None:
    detector = settled(config=MotionConfig(lightning_threshold=threshold))
    detector.detect(brighter_part(0.65))
    assert detector.is_blind is is_blind


def test_skipped_change_becomes_the_background() -> None:
    detector = settled(config=MotionConfig(skip_motion_threshold=0.4))
    luma = brighter_part(0.5)
    assert detector.detect(luma) == []
    was_blind = detector.is_blind
    assert frames_with_motion(detector, luma) == []
    assert (was_blind, detector.is_blind) == (True, False)
    luma[400:640, 1200:1440] += 120
    assert frames_with_motion(detector, luma)
