"""Compressing pictures while others work."""

import sys
import threading
import time

from PIL import Image

from custom_components.frigate_native.engine.pictures.compression import to_jpeg


def test_compressing_does_not_stop_other_threads() -> None:
    picture, is_done = Image.new("RGB", (5120, 2880)), threading.Event()
    turns = 0

    def work() -> None:
        nonlocal turns
        while not is_done.is_set():
            turns += 1
            time.sleep(0)

    to_jpeg(Image.new("RGB", (16, 16)), 70)  # the first one loads Pillow's plug-in
    usual, worker = sys.getswitchinterval(), threading.Thread(target=work)
    sys.setswitchinterval(1000)  # s; another thread runs only when this one releases the interpreter's lock
    try:
        worker.start()
        before = turns
        to_jpeg(picture, 70)
        assert turns - before > 10
    finally:
        sys.setswitchinterval(usual)
        is_done.set()
        worker.join()
