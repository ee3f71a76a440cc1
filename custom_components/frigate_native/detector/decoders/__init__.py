"""Decoders turn a model's outputs into detections."""

from collections.abc import Sequence

from ..backends.base import OutputInfo
from ..protocol import DecoderKind, ModelSpec
from .base import MIN_SCORE, Decoder, to_rows
from .detection_output import DetectionOutputDecoder
from .ssd_heads import SsdHeadsDecoder
from .ssd_postprocess import SsdPostprocessDecoder

__all__ = ["MIN_SCORE", "Decoder", "load_decoder", "to_rows"]


def load_decoder(model: ModelSpec, outputs: Sequence[OutputInfo]) -> Decoder:
    """Return the decoder for a model's outputs; raises BackendError if they do not match."""
    if model.decoder is DecoderKind.SSD_HEADS:
        return SsdHeadsDecoder(model, outputs)
    if DetectionOutputDecoder.fits(outputs):
        return DetectionOutputDecoder()
    return SsdPostprocessDecoder(outputs)
