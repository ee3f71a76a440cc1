"""The last plan on disk, used while Home Assistant is not available."""

import json
import logging
import os
from pathlib import Path

from custom_components.frigate_native.recorder.plan import Plan, PlanError

_LOGGER = logging.getLogger(__name__)


class PlanFile:
    """Saves a plan in a file that only its owner can read, since it holds the cameras' passwords."""

    def __init__(self, path: Path) -> None:
        """Path is the file; nothing is read or written yet."""
        self._path = path

    def load(self) -> Plan | None:
        """Return the plan; None if there is none or it cannot be used."""
        try:
            return Plan.from_text(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, PlanError) as err:
            # The text of a ValueError could quote a password from the file.
            reason = err if isinstance(err, (OSError, PlanError)) else "it is damaged"
            _LOGGER.warning("The last plan cannot be used (%s); waiting for Home Assistant to send one", reason)
            return None

    def save(self, plan: Plan) -> None:
        """Replace the plan; after a crash, the file holds either the old or the new one. Raises OSError."""
        new = self._path.with_suffix(".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(plan.to_json(), file, indent=1)
            file.flush()
            os.fsync(descriptor)
        new.replace(self._path)
        _sync_folder(self._path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
