"""Numbers that remember how they are written, for places where a text is meant and for notations that mislead."""

from typing import Self, override


class WrittenInt(int):
    """A whole number; its text is that of the file."""

    source: str

    def __new__(cls, number: int, source: str) -> Self:
        """Return the number with its text."""
        self = super().__new__(cls, number)
        self.source = source
        return self

    @override
    def __str__(self) -> str:
        return self.source


class WrittenFloat(float):
    """A number with decimals; its text is that of the file."""

    source: str

    def __new__(cls, number: float, source: str) -> Self:
        """Return the number with its text."""
        self = super().__new__(cls, number)
        self.source = source
        return self

    @override
    def __str__(self) -> str:
        return self.source


type WrittenNumber = WrittenInt | WrittenFloat
