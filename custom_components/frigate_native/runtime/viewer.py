"""Those for whom pictures are drawn."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A logged-in user by ID, or an address without login (`is_public`). Limits are per viewer."""

    is_public: bool
    name: str


ENTITIES: Final = Viewer(is_public=False, name="")
"""Home Assistant's camera and image entities, whoever looks at them."""
