"""The default detector."""

import ctypes
import logging
from pathlib import Path
from typing import Final

from ..config.model import DetectorConfig, DetectorType

_LOGGER = logging.getLogger(__name__)

_USB_DEVICES: Final = Path("/sys/bus/usb/devices")
_CORAL_IDS: Final = frozenset({("1a6e", "089a"), ("18d1", "9302")})  # before and after the firmware is loaded
_LIBRARY: Final = "libedgetpu.so.1"


def default_detector(usb_devices: Path = _USB_DEVICES) -> DetectorConfig:
    """Return a USB Coral named `coral` if one is plugged in and its library is installed, else the CPU as `cpu`."""
    if not _has_coral(usb_devices):
        return DetectorConfig(name="cpu", type=DetectorType.CPU)
    if not _has_library():
        _LOGGER.warning("A USB Coral is plugged in, but %s is not installed: detecting on the CPU", _LIBRARY)
        return DetectorConfig(name="cpu", type=DetectorType.CPU)
    return DetectorConfig(name="coral", type=DetectorType.EDGETPU)


def _has_coral(usb_devices: Path) -> bool:
    return any(
        (_read(device / "idVendor"), _read(device / "idProduct")) in _CORAL_IDS
        for device in usb_devices.glob("*")
        if (device / "idVendor").exists()
    )


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""  # just unplugged


def _has_library() -> bool:
    try:
        ctypes.CDLL(_LIBRARY)
    except OSError:
        return False
    return True
