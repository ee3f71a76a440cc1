"""The way to a Coral, through a stand-in for its library that records what it is asked and takes no work."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType, ModelConfig
from custom_components.frigate_native.engine.errors import DetectorError, DetectorProblem
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import Messages, filler, hide_package, persons, process_of, running
from tests.engine.detection.tiny_models import labels_in, own_model, write_model
from tests.servers import wait_until

STAND_IN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct Delegate {
    void *data;
    int (*prepare)(void *, struct Delegate *);
    void *functions[3];
    long long flags;
    void *opaque;
} Delegate;

static int prepare(void *context, Delegate *delegate) { return 0; }

Delegate *tflite_plugin_create_delegate(char **keys, char **values, size_t count, void (*report)(const char *)) {
    const char *missing = getenv("STAND_IN_MISSING");
    int is_unplugged = !access(getenv("STAND_IN_UNPLUGGED"), F_OK);
    FILE *record = fopen(getenv("STAND_IN_RECORD"), "a");
    for (size_t index = 0; index < count; index++) {
        fprintf(record, "%s=%s;", keys[index], values[index]);
        if (missing && !strcmp(missing, values[index])) { report("no such device"); fclose(record); return NULL; }
    }
    fprintf(record, "\n");
    fclose(record);
    if (is_unplugged) { report("no Coral at all"); return NULL; }
    Delegate *delegate = calloc(1, sizeof(Delegate));
    delegate->prepare = prepare;
    return delegate;
}

void tflite_plugin_destroy_delegate(Delegate *delegate) { free(delegate); }
"""


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install the stand-in for child processes; return the file it writes to."""
    compiler = shutil.which("cc") or pytest.fail("no C compiler: install gcc")
    source = tmp_path / "stand_in.c"
    source.write_text(STAND_IN)
    library = tmp_path / "libedgetpu.so.1"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    monkeypatch.setenv("STAND_IN_RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("STAND_IN_UNPLUGGED", str(tmp_path / "unplugged"))
    return tmp_path / "record"


def coral(device: str = "usb") -> DetectorConfig:
    """Return a Coral detector."""
    return DetectorConfig(name="coral", type=DetectorType.EDGETPU, device=device, num_threads=1)


@pytest.mark.parametrize("device", ["usb", "usb:0", "pci", "pci:1", ""])
def test_device_reaches_the_library(record: Path, walkers: Rgb, device: str) -> None:
    with running(coral(device)) as pool:
        assert persons(pool.detect([filler(walkers)])[0]) == 2
    assert record.read_text() == (f"device={device};\n" if device else "\n")


@pytest.mark.usefixtures("record")
def test_missing_device_is_reported_and_the_cpu_is_used(monkeypatch: pytest.MonkeyPatch, walkers: Rgb) -> None:
    monkeypatch.setenv("STAND_IN_MISSING", "usb:7")
    messages = Messages()
    with running(coral("usb:7"), messages=messages) as pool:
        assert persons(pool.detect([filler(walkers)])[0]) == 2
        message = messages.wait_for(is_working=False)
        assert message.problem is DetectorProblem.CORAL
        assert message.text.startswith("detectors.coral.device: usb:7: this Coral was not found")
        assert "LiteRT on CPU" in message.text
    assert messages.all == []


def test_library_that_vanishes_and_returns(record: Path, walkers: Rgb, caplog: pytest.LogCaptureFixture) -> None:
    library, away = record.with_name("libedgetpu.so.1"), record.with_name("away")
    messages = Messages()
    with running(coral(), messages=messages) as pool:
        assert messages.wait_for(is_working=False).problem is DetectorProblem.MODEL  # the bundled one is not compiled
        library.rename(away)
        os.kill(process_of(pool, "coral"), signal.SIGKILL)
        wait_until(lambda: _has_reported(messages, "libedgetpu.so.1 cannot be loaded"))
        wait_until(lambda: pool.detect([filler(walkers)]) != [None])
        away.rename(library)
        wait_until(lambda: _has_reported(messages, "is not compiled for the Coral"))
        assert persons(pool.detect([filler(walkers)])[0]) == 2
    assert [text for text in caplog.messages if "Traceback" in text] == []


def _has_reported(messages: Messages, words: str) -> bool:
    return any(words in message.text for message in messages.all)


def test_uncompiled_model_is_used_until_the_coral_is_available(record: Path, tmp_path: Path) -> None:
    record.with_name("unplugged").touch()
    write_model(tmp_path / "tiny.tflite")
    model = own_model(write_model(tmp_path / "tiny_edgetpu.tflite", compiled=True), tmp_path)
    with running(coral(), model=model) as pool:
        assert labels_in(pool, blue=255) == ["blue"]
    (tmp_path / "tiny.tflite").unlink()
    with pytest.raises(DetectorError, match=r"put .*tiny\.tflite next to"), running(coral(), model=model):
        pass


def test_bundled_model_replaces_a_compiled_one_with_the_same_labels(record: Path, tmp_path: Path, walkers: Rgb) -> None:
    record.with_name("unplugged").touch()
    path = write_model(tmp_path / "big_edgetpu.tflite", width=320, height=320, classes=90, compiled=True)
    with running(coral(), model=ModelConfig(path=path, width=320, height=320)) as pool:
        larger: Rgb = cv2.resize(walkers, (320, 320)).astype(np.uint8)
        assert persons(pool.detect([filler(larger)])[0]) == 2


def test_missing_coral_package_error_names_the_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_package("ai_edge_litert", tmp_path, monkeypatch)
    messages = Messages()
    with running(coral(), messages=messages) as pool:
        message = messages.wait_for(is_working=False)
        assert "ai-edge-litert" in message.text
        assert "use type: zmq" in message.text
        assert "ncnn on CPU" in message.text
        assert pool.detect([filler(114)]) == [[]]
