"""Decoders turn a model's outputs into detections."""

from collections.abc import Sequence

from ..backends.base import OutputInfo
from ..protocol import DecoderKind, ModelSpec
from .base import MIN_SCORE, Decoder, to_rows
from .detection_output import DetectionOutputDecoder
from .ssd_heads import SsdHeadsDecoder
from .ssd_postprocess import SsdPostprocessDecoder
from .transformers import QueriesDecoder, dfine_decoder
from .yolo import YoloDecoder
from .yolo_nas import YoloNasDecoder
from .yolox import YoloxDecoder

__all__ = ["MIN_SCORE", "Decoder", "load_decoder", "to_rows"]


def load_decoder(model: ModelSpec, outputs: Sequence[OutputInfo]) -> Decoder:
    """Return the decoder for a model's outputs; raises BackendError if they do not match."""
    match model.decoder:
        case DecoderKind.SSD_HEADS:
            return SsdHeadsDecoder(model, outputs)
        case DecoderKind.YOLO:
            return YoloDecoder(model, outputs)
        case DecoderKind.YOLOX:
            return YoloxDecoder(model, outputs)
        case DecoderKind.YOLO_NAS:
            return YoloNasDecoder(model, outputs)
        case DecoderKind.DFINE:
            return dfine_decoder(model, outputs)
        case DecoderKind.RFDETR:
            return QueriesDecoder(model, outputs, "rfdetr")
        case DecoderKind.SSD_POSTPROCESS:
            if DetectionOutputDecoder.fits(outputs):
                return DetectionOutputDecoder()
            return SsdPostprocessDecoder(outputs)
