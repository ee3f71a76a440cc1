"""What a consumer of an input's packets looks like."""

from typing import Protocol

from av.packet import Packet
from av.stream import Stream

from .source import PacketSource


class PacketSink(Protocol):
    """Gets every packet of an input, in the thread that reads it; one input has as many sinks as it has uses."""

    def begin(self, source: PacketSource) -> None:
        """A connection stands; its streams are known."""
        ...

    def take(self, packet: Packet[Stream]) -> None:
        """Use a packet; an empty one marks the end of a run through a file. SourceError ends the connection."""
        ...

    def end(self) -> None:
        """The connection is gone; comes after each `begin`."""
        ...
