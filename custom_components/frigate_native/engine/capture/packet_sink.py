"""The interface of a consumer of an input's packets."""

from typing import Protocol

from av.packet import Packet
from av.stream import Stream

from .source import PacketSource


class PacketSink(Protocol):
    """Receives every packet of an input, in the thread that reads it; each use of an input has one."""

    def begin(self, source: PacketSource) -> None:
        """Prepare for a new connection, whose streams are known."""
        ...

    def take(self, packet: Packet[Stream]) -> None:
        """Process a packet; an empty one marks the end of a pass through a file. SourceError ends the connection."""
        ...

    def end(self) -> None:
        """Clean up after a connection; called once after each `begin`."""
        ...
