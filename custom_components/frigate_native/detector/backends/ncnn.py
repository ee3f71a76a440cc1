"""ncnn on the CPU, for systems without a LiteRT build."""

from collections.abc import Sequence
from pathlib import Path
from typing import override

import ncnn
import numpy as np

from ..protocol import ChildSpec, NcnnFiles
from .base import Backend, BackendError, Output, OutputInfo, RegionError, Tensor

_PIXEL_ORDER = ncnn.Mat.PixelType.PIXEL_RGB


class NcnnBackend(Backend):
    """A model in ncnn's format with raw SSD heads."""

    def __init__(self, spec: ChildSpec) -> None:
        """Load the model; raises BackendError."""
        files = spec.model.ncnn
        if files is None:
            raise BackendError("model.path: ncnn needs a .param and a .bin file")
        self._files = files
        self._net = _open(files, spec.num_threads)
        self.outputs = (OutputInfo(files.boxes, ()), OutputInfo(files.scores, ()))
        self.description = f"ncnn on CPU, {spec.num_threads} thread(s)"

    @override
    def infer(self, tensor: Tensor) -> Sequence[Output]:
        rgb = tensor[0]
        if rgb.dtype != np.uint8 or rgb.shape[2:] != (3,):
            raise RegionError(f"the region is {tensor.shape} {tensor.dtype}; ncnn's model expects (1, H, W, 3) uint8")
        height, width = rgb.shape[:2]
        extractor = self._net.create_extractor()
        extractor.input(self._files.input, ncnn.Mat.from_pixels(rgb, _PIXEL_ORDER, width, height))
        return [self._extract(extractor, name) for name in (self._files.boxes, self._files.scores)]

    @staticmethod
    def _extract(extractor: ncnn.Extractor, name: str) -> Output:
        code, values = extractor.extract(name)
        if code:
            raise BackendError(f"ncnn cannot compute the output {name} (code {code})")
        return np.array(values)


def create(spec: ChildSpec) -> Backend:
    """Return the model on the CPU; raises BackendError."""
    return NcnnBackend(spec)


def _open(files: NcnnFiles, num_threads: int) -> ncnn.Net:
    for path in (files.param, files.bin):
        if not Path(path).is_file():
            raise BackendError(f"model: {path} is missing; reinstall the integration")
    net = ncnn.Net()
    net.opt.num_threads = num_threads
    net.opt.use_vulkan_compute = False
    if net.load_param(files.param) or net.load_model(files.bin):
        raise BackendError(f"model: {files.param} cannot be loaded; reinstall the integration")
    return net
