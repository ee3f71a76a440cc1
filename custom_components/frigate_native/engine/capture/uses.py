"""What an input is used for."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ..config.model import Role
from ..errors import SourceError
from .packet_sink import PacketSink

_LOGGER = logging.getLogger(__name__)


class InputUse(Protocol):
    """One use of an input's packets. Methods and sink are called in the thread that reads the input."""

    @property
    def role(self) -> Role:
        """The role of the input that it needs."""
        ...

    @property
    def sink(self) -> PacketSink:
        """Where the packets go."""
        ...

    @property
    def has_sound(self) -> bool:
        """Whether it uses the camera's sound."""
        ...

    @property
    def decodes(self) -> bool:
        """Whether it needs pictures: then the arguments for decoding apply, with the ffmpeg program if they need it."""
        ...

    def is_enabled(self) -> bool:
        """Tell whether the input has to be open for it; any thread may ask."""
        ...

    def begin(self) -> None:
        """The thread runs and is about to connect for the first time."""
        ...

    def opened(self) -> None:
        """A connection was made."""
        ...

    def lost(self, error: SourceError, *, is_reported: bool) -> bool:
        """A connection failed or ended. Return whether that is reported now, unless another use has done so."""
        ...


@dataclass(slots=True, kw_only=True)
class CopyUse:
    """Copies packets as the camera sends them; on_lost gets the reason, for people, why none arrive."""

    camera: str
    role: Role
    sink: PacketSink
    on_lost: Callable[[str], None]
    is_enabled: Callable[[], bool]
    has_sound: bool = False
    decodes: bool = False
    _problem: str | None = None

    def begin(self) -> None:
        """Nothing is known yet."""

    def opened(self) -> None:
        """Log once that it works again."""
        if self._problem is not None:
            _LOGGER.info("Camera %s: the stream for %s is back", self.camera, self.role)
            self._problem = None

    def lost(self, error: SourceError, *, is_reported: bool) -> bool:
        """Pass the reason on, and log a new one."""
        if is_reported:
            self.on_lost(str(error))
            return True
        text = f"the stream for {self.role}: {error}"
        self.on_lost(text)
        if text != self._problem:
            _LOGGER.warning("Camera %s: %s", self.camera, text)
            self._problem = text
        return True
