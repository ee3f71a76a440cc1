"""From a model's outputs to detections, on hand-made arrays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from custom_components.frigate_native.detector.backends import BackendError, Output, OutputInfo
from custom_components.frigate_native.detector.decoders import Decoder, load_decoder
from custom_components.frigate_native.detector.decoders.nms import Row, suppress_per_label
from custom_components.frigate_native.detector.protocol import DecoderKind, ModelSpec, Rows

ANCHORS = np.array([[0.0, 0.0, 0.4, 0.2], [0.3, 0.3, 0.7, 0.7], [0.3, 0.3, 0.7, 0.7], [0.6, 0.6, 1.0, 1.0]], np.float32)
BOXES, SCORES = OutputInfo("boxes", (1, 4, 4)), OutputInfo("scores", (1, 4, 3))


@pytest.fixture
def heads(tmp_path: Path) -> ModelSpec:
    """Return a model with four anchors and two classes beside the background."""
    np.save(tmp_path / "anchors.npy", ANCHORS)
    return ModelSpec(
        width=300,
        height=300,
        decoder=DecoderKind.SSD_HEADS,
        anchors=str(tmp_path / "anchors.npy"),
        background_classes=1,
    )


def scores_with(*values: tuple[int, int, float]) -> NDArray[np.float32]:
    """Return scores (1, 4, 3), the background high as it is, with (anchor, class, score) set."""
    scores = np.zeros((1, 4, 3), np.float32)
    scores[..., 0] = 0.99
    for anchor, column, score in values:
        scores[0, anchor, column] = score
    return scores


def decode(decoder: Decoder, *outputs: Output) -> list[list[float]]:
    """Return rows as lists, rounded."""
    rows: Rows = decoder.decode(outputs)
    assert rows.dtype == np.float32
    assert rows.ndim == 2
    return [[round(value, 3) for value in row] for row in rows.tolist()]


def test_zero_encoding_is_the_anchor(heads: ModelSpec) -> None:
    decoder = load_decoder(heads, [BOXES, SCORES])
    assert decode(decoder, np.zeros((1, 4, 4), np.float32), scores_with((0, 2, 0.75))) == [
        [1, 0.75, 0.0, 0.0, 0.4, 0.2]
    ]


def test_encodings_move_and_grow_the_anchor(heads: ModelSpec) -> None:
    encodings = np.zeros((1, 4, 4), np.float32)
    encodings[0, 1] = [2.5, -5.0, 5 * np.log(0.5), 5 * np.log(1.5)]  # a quarter down, half left, half as high, wider
    rows = decode(load_decoder(heads, [BOXES, SCORES]), encodings, scores_with((1, 1, 0.5)))
    assert rows == [[0, 0.5, 0.5, 0.0, 0.7, 0.6]]


def test_boxes_end_at_the_picture_and_those_outside_are_left_out(heads: ModelSpec) -> None:
    encodings = np.zeros((1, 4, 4), np.float32)
    encodings[0, 3] = [5.0, 0, 0, 0]
    encodings[0, 0] = [0, -60.0, 0, 0]
    rows = decode(
        load_decoder(heads, [BOXES, SCORES]), encodings, scores_with((3, 1, 0.5), (0, 1, 0.9), (1, 2, np.nan))
    )
    assert rows == [[0, 0.5, 0.8, 0.6, 1.0, 1.0]]


def test_one_of_two_boxes_in_one_place_stays_per_label(heads: ModelSpec) -> None:
    scores = scores_with((1, 1, 0.6), (2, 1, 0.8), (1, 2, 0.4), (3, 1, 0.29))
    rows = decode(load_decoder(heads, [BOXES, SCORES]), np.zeros((1, 4, 4), np.float32), scores)
    assert [row[:2] for row in rows] == [[0, 0.8], [1, 0.4]]


def test_outputs_may_come_in_either_order(heads: ModelSpec) -> None:
    decoder = load_decoder(heads, [SCORES, BOXES])
    assert len(decode(decoder, scores_with((1, 1, 0.9)), np.zeros((1, 4, 4), np.float32))) == 1


@pytest.mark.parametrize("zero_point", [0, -128], ids=["uint8", "int8"])
def test_quantized_outputs_mean_the_same(heads: ModelSpec, zero_point: int) -> None:
    kind = np.int8 if zero_point else np.uint8
    infos = [
        OutputInfo("boxes", (1, 4, 4), 0.1, 128 + zero_point),
        OutputInfo("scores", (1, 4, 3), 1 / 256, zero_point),
    ]
    encodings = np.full((1, 4, 4), 128 + zero_point, kind)
    encodings[0, 1, 0] += 25
    stored = scores_with((1, 1, 0.5), (2, 1, 0.28)) * 256 + zero_point
    rows = decode(load_decoder(heads, infos), encodings, stored.astype(kind))
    assert rows == [[0, 0.5, 0.4, 0.3, 0.8, 0.7]]


def test_no_detections_give_no_rows(heads: ModelSpec) -> None:
    decoder = load_decoder(heads, [BOXES, SCORES])
    assert decode(decoder, np.zeros((1, 4, 4), np.float32), scores_with()) == []


@pytest.mark.parametrize(
    "outputs",
    [[BOXES], [OutputInfo("a", (1, 4, 4)), OutputInfo("b", (1, 4, 4))], [BOXES, SCORES, SCORES]],
    ids=["one", "both boxes", "three"],
)
def test_heads_that_are_none_are_refused(heads: ModelSpec, outputs: Sequence[OutputInfo]) -> None:
    with pytest.raises(BackendError, match=r"model\.path: outputs .*raw SSD heads need"):
        load_decoder(heads, outputs)


def row(label: int, score: float, left: float) -> Row:
    """Return a square of side 0.2 at this place."""
    return label, score, 0.0, left, 0.2, left + 0.2


def test_suppression_compares_with_better_boxes_that_stay() -> None:
    chain = [row(0, 0.9, 0.0), row(0, 0.8, 0.05), row(0, 0.7, 0.10)]  # neighbours overlap by 0.6, ends by a third
    assert suppress_per_label(chain, 0.5) == [chain[0], chain[2]]
    assert suppress_per_label(chain, 0.7) == chain


FOUR = {
    "boxes": np.array([[[0.1, 0.2, 0.5, 0.6], [0.0, 0.0, 1.2, 1.0], [0.0, 0.0, 0.1, 0.1]]], np.float32),
    "labels": np.array([[2.0, 0.0, 5.0]], np.float32),
    "scores": np.array([[0.6, 0.9, 0.1]], np.float32),
    "number": np.array([3.0], np.float32),
}
_TF1 = ("TFLite_Detection_PostProcess", "TFLite_Detection_PostProcess:1", "TFLite_Detection_PostProcess:2")


@pytest.mark.parametrize(
    "outputs",
    [
        [*zip(_TF1, ("boxes", "labels", "scores"), strict=True), ("TFLite_Detection_PostProcess:3", "number")],
        [
            (f"StatefulPartitionedCall:{index}", what)
            for index, what in ((1, "scores"), (3, "boxes"), (0, "number"), (2, "labels"))
        ],
        [("a", "boxes"), ("b", "labels"), ("c", "scores"), ("d", "number")],
        [("d", "number"), ("b", "labels"), ("a", "boxes"), ("c", "scores")],
    ],
    ids=["TensorFlow 1", "TensorFlow 2", "by shape", "by shape, out of order"],
)
def test_four_outputs_are_identified(outputs: list[tuple[str, str]]) -> None:
    model = ModelSpec(width=320, height=320, decoder=DecoderKind.SSD_POSTPROCESS)
    infos = [OutputInfo(name, FOUR[what].shape) for name, what in outputs]
    rows = decode(load_decoder(model, infos), *(FOUR[what] for _, what in outputs))
    assert rows == [[0, 0.9, 0.0, 0.0, 1.0, 1.0], [2, 0.6, 0.1, 0.2, 0.5, 0.6]]


def test_rows_beyond_the_count_are_not_read() -> None:
    model = ModelSpec(width=320, height=320, decoder=DecoderKind.SSD_POSTPROCESS)
    infos = [OutputInfo(name, values.shape) for name, values in FOUR.items()]
    outputs = FOUR | {"number": np.array([1.0], np.float32)}
    assert decode(load_decoder(model, infos), *outputs.values()) == [[2, 0.6, 0.1, 0.2, 0.5, 0.6]]


def test_other_outputs_are_refused() -> None:
    model = ModelSpec(width=320, height=320, decoder=DecoderKind.SSD_POSTPROCESS)
    with pytest.raises(BackendError, match="four outputs"):
        load_decoder(model, [BOXES, SCORES])
