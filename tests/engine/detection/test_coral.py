"""The way to a Coral, through a stand-in for its library that records what it is asked and takes no work."""

import shutil
import subprocess
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType
from custom_components.frigate_native.engine.errors import DetectorError
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import filler, persons, running

STAND_IN = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    FILE *record = fopen(getenv("STAND_IN_RECORD"), "a");
    for (size_t index = 0; index < count; index++) {
        fprintf(record, "%s=%s;", keys[index], values[index]);
        if (missing && !strcmp(missing, values[index])) { report("no such device"); fclose(record); return NULL; }
    }
    fprintf(record, "\n");
    fclose(record);
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
    return tmp_path / "record"


def coral(device: str) -> DetectorConfig:
    """Return a Coral detector."""
    return DetectorConfig(name="coral", type=DetectorType.EDGETPU, device=device, num_threads=1)


@pytest.mark.parametrize(("device", "options"), [("usb:0", "device=usb:0;\n"), ("pci", "device=pci;\n"), ("", "\n")])
def test_device_reaches_the_library(record: Path, walkers: Rgb, device: str, options: str) -> None:
    with running(coral(device)) as pool:
        assert persons(pool.detect([filler(walkers)])[0]) == 2
    assert record.read_text() == options


def test_device_that_is_not_there_is_told(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAND_IN_MISSING", "usb:7")
    with pytest.raises(DetectorError, match=r"detectors\.coral\.device: usb:7: no such Coral"), running(coral("usb:7")):
        pass
