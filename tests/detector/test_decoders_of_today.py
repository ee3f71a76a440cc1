"""Decoders of today's model families: each on outputs whose meaning is known from its publication."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from custom_components.frigate_native.detector.backends import BackendError, Output, OutputInfo
from custom_components.frigate_native.detector.decoders import load_decoder
from custom_components.frigate_native.detector.protocol import DecoderKind, ModelSpec

SIDE = 64  # an input of 8x8, 4x4 and 2x2 cells
CELLS = 64 + 16 + 4
MIDDLE, SIZE = (20.0, 32.0), (16.0, 32.0)  # of the object, in pixels
BOX = [0.25, 0.188, 0.75, 0.438]  # y1, x1, y2, x2
CORNERS = (12.0, 16.0, 28.0, 48.0)  # x1, y1, x2, y2
CLASSES, LABEL = 3, 2


def decoded(
    kind: DecoderKind, outputs: dict[str, Output], *, classes: int = 0, scale: float = 0.0
) -> list[list[float]]:
    """Return what a decoder finds, rounded: label, score, y1, x1, y2, x2."""
    infos = [OutputInfo(name, values.shape, scale, 0) for name, values in outputs.items()]
    decoder = load_decoder(ModelSpec(width=SIDE, height=SIDE, decoder=kind, classes=classes), infos)
    return [[round(value, 3) for value in row] for row in decoder.decode(list(outputs.values())).tolist()]


def listed(rows: int, *values: Sequence[float]) -> NDArray[np.float32]:
    """Return (1, rows, n) with the first rows filled, the others zero."""
    found = np.zeros((1, rows, len(values[0])), np.float32)
    found[0, : len(values)] = values
    return found


def logit(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def test_yolo_v8_has_boxes_in_columns() -> None:
    output = listed(CELLS, (*MIDDLE, *SIZE, 0.1, 0.2, 0.9)).transpose(0, 2, 1)
    assert decoded(DecoderKind.YOLO, {"output0": output}) == [[LABEL, 0.9, *BOX]]


def test_yolo_boxes_may_be_fractions() -> None:
    fractions = [value / SIDE for value in (*MIDDLE, *SIZE)]
    output = listed(CELLS, (*fractions, 0.1, 0.2, 0.9)).transpose(0, 2, 1)
    assert decoded(DecoderKind.YOLO, {"output0": output}) == [[LABEL, 0.9, *BOX]]


def test_yolo_v5_has_objectness() -> None:
    rows = ((*MIDDLE, *SIZE, 0.9, 0.1, 0.2, 0.8), (*MIDDLE, *SIZE, 0.2, 0.0, 0.0, 1.0))
    assert decoded(DecoderKind.YOLO, {"output": listed(3 * CELLS, *rows)}) == [[LABEL, 0.72, *BOX]]


def test_number_of_labels_decides_whether_there_is_objectness() -> None:
    rows = listed(CELLS, (*MIDDLE, *SIZE, 0.1, 0.2, 0.9))
    assert decoded(DecoderKind.YOLO, {"output": rows}, classes=3) == [[LABEL, 0.9, *BOX]]
    columns = listed(CELLS, (*MIDDLE, *SIZE, 1.0, 0.1, 0.2, 0.9)).transpose(0, 2, 1)
    assert decoded(DecoderKind.YOLO, {"output": columns}, classes=3) == [[LABEL, 0.9, *BOX]]


def test_one_class_is_enough() -> None:
    output = listed(CELLS, (*MIDDLE, *SIZE, 0.9)).transpose(0, 2, 1)
    assert decoded(DecoderKind.YOLO, {"output0": output}) == [[0, 0.9, *BOX]]


@pytest.mark.parametrize(
    "rows",
    [listed(300, (*CORNERS, 0.9, LABEL)), listed(5, (0, *CORNERS, LABEL, 0.9))[0]],
    ids=["YOLOv10", "YOLOv7"],
)
def test_yolo_after_nms(rows: Output) -> None:
    assert decoded(DecoderKind.YOLO, {"output": rows}) == [[LABEL, 0.9, *BOX]]


@pytest.mark.parametrize("is_split", [True, False], ids=["(1, 3, h, w, n)", "(1, 3 n, h, w)"])
def test_raw_heads_of_yolo(is_split: bool) -> None:
    """In the cell (2, 4) of the finest grid, the second anchor (19, 36), with sides of 16 and 32 pixels."""
    heads = [np.full((1, 3, side, side, 5 + CLASSES), logit(0.01), np.float32) for side in (2, 8, 4)]
    offsets = [logit((value / 8 - cell + 0.5) / 2) for value, cell in zip(MIDDLE, (2, 4), strict=True)]
    sides = [logit(np.sqrt(value / anchor) / 2) for value, anchor in zip(SIZE, (19, 36), strict=True)]
    heads[1][0, 1, 4, 2] = (*offsets, *sides, *(logit(score) for score in (0.9, 0.1, 0.1, 0.8)))
    if not is_split:
        heads = [head.transpose(0, 1, 4, 2, 3).reshape(1, -1, *head.shape[2:4]) for head in heads]
    found = decoded(DecoderKind.YOLO, {f"head{index}": head for index, head in enumerate(heads)}, classes=CLASSES)
    assert found == [[LABEL, 0.72, *BOX]]


def test_overlapping_boxes_of_one_label_are_one() -> None:
    near = (MIDDLE[0] + 1, MIDDLE[1], *SIZE)
    output = listed(CELLS, (*near, 0, 0, 0.8), (*MIDDLE, *SIZE, 0, 0, 0.9), (*near, 0.7, 0, 0)).transpose(0, 2, 1)
    assert [row[:2] for row in decoded(DecoderKind.YOLO, {"output0": output})] == [[LABEL, 0.9], [0, 0.7]]


def test_quantized_output_is_computed() -> None:
    output = (listed(CELLS, (*MIDDLE, *SIZE, 0, 0, 1)).transpose(0, 2, 1) * 2).astype(np.uint8)
    assert decoded(DecoderKind.YOLO, {"output0": output}, scale=0.5) == [[LABEL, 1.0, *BOX]]


def test_yolox_is_relative_to_its_cells() -> None:
    """The cell (0, 1) of the grid with cells of 32 pixels."""
    output = np.zeros((1, CELLS, 5 + CLASSES), np.float32)
    output[0, 64 + 16 + 2] = (20 / 32, 0, np.log(0.5), 0, 0.9, 0.1, 0.1, 0.8)
    assert decoded(DecoderKind.YOLOX, {"output": output}) == [[LABEL, 0.72, *BOX]]


def test_yolo_nas_with_and_without_nms() -> None:
    flat = np.array([(0, *CORNERS, 0.9, LABEL)], np.float32)
    assert decoded(DecoderKind.YOLO_NAS, {"flat": flat}) == [[LABEL, 0.9, *BOX]]
    raw = {"boxes": listed(CELLS, CORNERS), "scores": listed(CELLS, (0.1, 0.2, 0.9))}
    assert decoded(DecoderKind.YOLO_NAS, raw) == [[LABEL, 0.9, *BOX]]


def test_d_fine_has_labels_boxes_and_scores() -> None:
    outputs = {
        "labels": np.array([[LABEL, 0]]),
        "boxes": listed(2, CORNERS),
        "scores": np.array([[0.9, 0.1]], np.float32),
    }
    assert decoded(DecoderKind.DFINE, outputs) == [[LABEL, 0.9, *BOX]]


def test_rt_detr_has_a_score_for_each_class() -> None:
    fractions = [value / SIDE for value in (*MIDDLE, *SIZE)]
    output = listed(300, (*fractions, 0.1, 0.2, 0.9))
    assert decoded(DecoderKind.DFINE, {"output0": output}, classes=CLASSES) == [[LABEL, 0.9, *BOX]]


@pytest.mark.parametrize(
    ("kind", "classes", "label"), [("rfdetr", 2, LABEL - 1), ("rfdetr", 3, LABEL), ("dfine", 3, LABEL)]
)
def test_queries_have_logits(kind: str, classes: int, label: int) -> None:
    """One class more than labels: the first is the background."""
    fractions = [value / SIDE for value in (*MIDDLE, *SIZE)]
    logits = np.full((1, 10, CLASSES), logit(0.01), np.float32)
    logits[0, 0, LABEL] = logit(0.9)
    outputs = {"dets": listed(10, fractions), "labels": logits}
    assert decoded(DecoderKind(kind), outputs, classes=classes) == [[label, 0.9, *BOX]]


@pytest.mark.parametrize("kind", ["yolo", "yolox", "yolo_nas", "dfine", "rfdetr"])
def test_nothing_found_gives_no_rows(kind: str) -> None:
    outputs: dict[str, dict[str, Output]] = {
        "yolo": {"output0": np.zeros((1, 7, CELLS), np.float32)},
        "yolox": {"output": np.zeros((1, CELLS, 8), np.float32)},
        "yolo_nas": {"flat": np.zeros((0, 7), np.float32)},
        "dfine": {"labels": np.zeros((1, 5)), "boxes": listed(5, [0.0] * 4), "scores": np.zeros((1, 5))},
        "rfdetr": {"dets": listed(5, [0.5] * 4), "labels": np.full((1, 5, 3), -9.0, np.float32)},
    }
    assert decoded(DecoderKind(kind), outputs[kind]) == []


@pytest.mark.parametrize(
    ("kind", "shapes", "words"),
    [
        ("yolo", [(1, 10)], r"outputs o0 \(1, 10\); a model of the type yolo-generic has one list of boxes"),
        ("yolox", [(1, 100, 8)], r"o0 \(1, 100, 8\); a model of the type yolox has one list of boxes, \(1, 84, 5 \+"),
        ("yolo_nas", [(1, 84, 4), (1, 80, 3)], "a model of the type yolonas has a flat list"),
        ("dfine", [(1, 300)], "a model of the type dfine has labels"),
        ("rfdetr", [(1, 300, 4)], "a model of the type rfdetr has boxes"),
    ],
)
def test_other_outputs_are_refused(kind: str, shapes: list[tuple[int, ...]], words: str) -> None:
    outputs = {f"o{index}": np.zeros(shape, np.float32) for index, shape in enumerate(shapes)}
    with pytest.raises(BackendError, match=words):
        decoded(DecoderKind(kind), outputs)


@pytest.mark.parametrize(
    ("kind", "outputs"),
    [
        ("yolo", {"output0": (1, 4 + 3, CELLS)}),
        ("yolox", {"output": (1, CELLS, 5 + 3)}),
        ("yolo_nas", {"boxes": (1, CELLS, 4), "scores": (1, CELLS, 3)}),
        ("dfine", {"output": (1, 300, 4 + 3)}),
        ("rfdetr", {"dets": (1, 9, 4), "labels": (1, 9, 3)}),
    ],
)
def test_labels_of_another_model_are_refused(kind: str, outputs: dict[str, tuple[int, ...]]) -> None:
    with pytest.raises(BackendError, match=r"model\.labelmap_path: the model has \d+ classes, but there are 80 labels"):
        decoded(DecoderKind(kind), {name: np.zeros(shape, np.float32) for name, shape in outputs.items()}, classes=80)
