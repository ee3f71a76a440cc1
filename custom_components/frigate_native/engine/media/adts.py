"""AAC as MPEG-TS and HLS carry it, with an ADTS header on each packet, made ready for MP4."""

from dataclasses import dataclass
from typing import Final

from av.audio.stream import AudioStream

_RATES: Final = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_LOW_COMPLEXITY: Final = 2  # audio object type, ISO/IEC 14496-3, table 1.17


@dataclass(frozen=True, slots=True)
class AdtsPacket:
    """The sound of one packet, and the AudioSpecificConfig that its header describes."""

    config: bytes
    data: bytes


def read_adts(packet: bytes) -> AdtsPacket | None:
    """Split a packet into header and sound; None for anything but one AAC frame behind one ADTS header.

    Raw AAC never begins like a header.
    """
    if len(packet) <= 9 or packet[0] != 0xFF or packet[1] & 0xF6 != 0xF0 or packet[6] & 3:
        return None
    rate, channels = packet[2] >> 2 & 0xF, (packet[2] & 1) << 2 | packet[3] >> 6
    if rate >= len(_RATES) or not channels:
        return None
    header_size = 7 if packet[1] & 1 else 9
    return AdtsPacket(_config((packet[2] >> 6) + 1, rate, channels), packet[header_size:])


def needs_conversion(audio: AudioStream) -> bool:
    """Return whether a stream has its configuration in its packets only."""
    return audio.codec_context.name == "aac" and not audio.codec_context.extradata


def probed_config(audio: AudioStream) -> bytes | None:
    """Return the AudioSpecificConfig of a stream before its first packet; None for other profiles than LC."""
    context = audio.codec_context
    if context.profile != "LC" or context.sample_rate not in _RATES or not 1 <= context.channels <= 6:
        return None
    return _config(_LOW_COMPLEXITY, _RATES.index(context.sample_rate), context.channels)


def _config(object_type: int, rate: int, channels: int) -> bytes:
    return (object_type << 11 | rate << 7 | channels << 3).to_bytes(2)
