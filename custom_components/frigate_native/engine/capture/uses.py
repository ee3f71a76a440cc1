"""The uses of an input, such as copying its packets."""

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
        """The role of the input that this use needs."""
        ...

    @property
    def sink(self) -> PacketSink:
        """The receiver of the packets."""
        ...

    @property
    def has_sound(self) -> bool:
        """Whether this use needs the camera's sound."""
        ...

    @property
    def decodes(self) -> bool:
        """Whether this use needs decoded pictures; if so, the arguments for decoding apply."""
        ...

    def is_enabled(self) -> bool:
        """Return whether the input must be open for this use. For any thread."""
        ...

    def begin(self) -> None:
        """Prepare: the thread is about to connect for the first time."""
        ...

    def opened(self) -> None:
        """Note that a connection was made."""
        ...

    def lost(self, error: SourceError, *, is_reported: bool) -> bool:
        """Handle a connection that failed or ended; return whether the log has the reason now.

        is_reported: another use has already logged it.
        """
        ...


@dataclass(slots=True, kw_only=True)
class CopyUse:
    """Copies packets as the camera sends them; on_lost receives the reason, for people, if none arrive."""

    camera: str
    role: Role
    sink: PacketSink
    on_lost: Callable[[str], None]
    is_enabled: Callable[[], bool]
    has_sound: bool = False
    decodes: bool = False
    _problem: str | None = None

    def begin(self) -> None:
        """Do nothing: there is no connection yet."""

    def opened(self) -> None:
        """Log once that the stream is back."""
        if self._problem is not None:
            _LOGGER.info("Camera %s: the stream for %s is back", self.camera, self.role)
            self._problem = None

    def lost(self, error: SourceError, *, is_reported: bool) -> bool:
        """Pass the reason on, and log it if it is new and no other use has."""
        if is_reported:
            self.on_lost(str(error))
            return True
        text = f"the stream for {self.role}: {error}"
        self.on_lost(text)
        if text != self._problem:
            _LOGGER.warning("Camera %s: %s", self.camera, text)
            self._problem = text
        return True
