"""What crosses between the engine and a detector process."""

import numpy as np
import pytest

from custom_components.frigate_native.detector.protocol import (
    MAX_DETECTIONS,
    NO_ROWS,
    Answer,
    ChildSpec,
    DecoderKind,
    ModelSpec,
    NcnnFiles,
    ProtocolError,
    RemoteSpec,
    Status,
    StatusKind,
    StatusReader,
    TfliteFile,
    find_answer,
    pack_answer,
    pack_no_answer,
    pack_status,
    unpack_rows,
)

PIPE_BUF = 4096  # POSIX wants 512, Linux and macOS have 4096 and 512: Linux is what the sizes are made for


def test_description_survives_the_way() -> None:
    model = ModelSpec(
        width=320,
        height=240,
        decoder=DecoderKind.SSD_HEADS,
        tflite=TfliteFile(model="/a.tflite", boxes="b", scores="s"),
        ncnn=NcnnFiles(param="/a.param", bin="/a.bin", input="i", boxes="b", scores="s"),
        box_scales=(1.0, 2.0, 3.0, 4.0),
        fallback=ModelSpec(width=300, height=300, decoder=DecoderKind.SSD_POSTPROCESS, other="/b.onnx"),
    )
    spec = ChildSpec(
        name="cpu", kind="cpu", device="", num_threads=2, runtime=None,
        remote=RemoteSpec(endpoint="tcp://attic:5555", request_timeout_ms=200, linger_ms=0), model=model, index=1,
        children=2, slots=3, memory_fd=4, queue_fd=5, status_fd=6, answer_fds=(7, 8, 9),
    )  # fmt: skip
    assert ChildSpec.from_json(spec.to_json()) == spec


def test_most_detections_are_written_in_one_piece() -> None:
    rows = np.arange(6 * (MAX_DETECTIONS + 5), dtype=np.float32).reshape(-1, 6)
    data = pack_answer(7, rows)
    assert len(data) <= PIPE_BUF
    answer = find_answer(data, 7)
    assert answer is not None
    assert answer.rows is not None
    assert np.array_equal(unpack_rows(answer.rows), rows[:MAX_DETECTIONS])


def test_answer_is_found_among_other_data() -> None:
    mine = pack_answer(3, NO_ROWS)
    assert find_answer(pack_answer(1, NO_ROWS) + pack_no_answer(2) + mine, 3) == Answer(b"")
    assert find_answer(b"garbage" + mine, 3) == Answer(b"")
    assert find_answer(pack_no_answer(3), 3) == Answer(None)
    assert find_answer(pack_answer(1, NO_ROWS), 3) is None


@pytest.mark.parametrize(
    "data",
    [b"garbage", b"\0" * 4096, pack_answer(3, np.ones((2, 6), np.float32))[:-5], pack_no_answer(3)[:-1] + b"\x7f"],
    ids=["words", "zeros", "cut short", "too many rows"],
)
def test_invalid_answer_raises(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        find_answer(data, 3)


def test_words_are_one_line_whatever_they_held() -> None:
    text = "bad\r\nline\x1b[31m of\x00 a\u2028library \ud800"
    (words,) = StatusReader().feed(pack_status(StatusKind.FAILED, text))
    assert words.text == "bad line [31m of a library"


def test_words_are_read_piece_by_piece() -> None:
    reader = StatusReader()
    data = pack_status(StatusKind.READY, "LiteRT") + pack_status(StatusKind.FAILED, "gone")
    words = [found for byte in data for found in reader.feed(bytes([byte]))]
    assert words == [Status(StatusKind.READY, "LiteRT"), Status(StatusKind.FAILED, "gone")]


@pytest.mark.parametrize("data", [b"x" * 8, b"FnW1\x09\x00\x01\x00a", b"FnW1\x01\x00\xff\xffa"])
def test_invalid_status_raises(data: bytes) -> None:
    with pytest.raises(ProtocolError):
        list(StatusReader().feed(data))
