"""Run one model in a process of its own, like a detector process; print its figures as JSON.

Usage: bench.py tflite|ncnn MODELS CROPS.npy OUTPUT.npz
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Heads = tuple[NDArray[np.float32], NDArray[np.float32]]
Run = Callable[[NDArray[np.uint8]], Heads]


def load_tflite(folder: Path) -> Run:
    """Return a function from a crop to float boxes [1917, 4] and scores [1917, 91]."""
    from ai_edge_litert.interpreter import Interpreter  # noqa: PLC0415  only one runtime may affect the figures

    interpreter = Interpreter(str(folder / "ssdlite_mobilenet_v2.tflite"), num_threads=1)
    interpreter.allocate_tensors()
    source = interpreter.get_input_details()[0]["index"]
    outputs = {detail["shape"][-1]: detail for detail in interpreter.get_output_details()}

    def run(crop: NDArray[np.uint8]) -> Heads:
        interpreter.set_tensor(source, crop[None])
        interpreter.invoke()
        return value(outputs[4]), value(outputs[91])

    def value(detail: dict[str, Any]) -> NDArray[np.float32]:
        scale, zero = detail["quantization"]
        raw: NDArray[np.uint8] = interpreter.get_tensor(detail["index"])[0]
        return (raw.astype(np.float32) - np.float32(zero)) * np.float32(scale)

    return run


def load_ncnn(folder: Path) -> Run:
    """Return the same for ncnn."""
    import ncnn  # noqa: PLC0415

    net = ncnn.Net()
    net.opt.num_threads = 1
    net.load_param(str(folder / "ssdlite_mobilenet_v2.ncnn.param"))
    net.load_model(str(folder / "ssdlite_mobilenet_v2.ncnn.bin"))

    def run(crop: NDArray[np.uint8]) -> Heads:
        extractor = net.create_extractor()
        extractor.input("image", ncnn.Mat.from_pixels(crop, ncnn.Mat.PixelType.PIXEL_RGB, 300, 300))
        return np.array(extractor.extract("boxes")[1]), np.array(extractor.extract("scores")[1])

    return run


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise OSError("/proc/self/status: no VmRSS")


def main() -> None:
    """Measure the model and write its outputs for all crops."""
    runtime, folder, crops_file, output = sys.argv[1:]
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    before = _resident_mb()
    run = {"tflite": load_tflite, "ncnn": load_ncnn}[runtime](Path(folder))
    crops = np.load(crops_file, mmap_mode="r")
    run(np.array(crops[0]))
    resident = _resident_mb()
    heads, times = [], []
    for crop in crops:
        begin = time.process_time()
        heads.append(run(np.array(crop)))
        times.append(time.process_time() - begin)
    np.savez(output, boxes=np.stack([h[0] for h in heads]), scores=np.stack([h[1] for h in heads]))
    print(json.dumps({"ms": min(times) * 1e3, "mb": resident, "mb_python": before}))


if __name__ == "__main__":
    main()
