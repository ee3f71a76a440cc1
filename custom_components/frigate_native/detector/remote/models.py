"""A server's models: its own, the bundled one, and those received from clients."""

import logging
import os
import re
import tempfile
from collections import OrderedDict
from pathlib import Path
from typing import Final

from ..backends import BackendError, Tensor
from ..coral import CoralRunner
from ..description import BUNDLED, DescriptionError, spec_from_file
from ..protocol import ModelSpec, Rows, Status
from ..runner import LocalRunner
from .choice import fastest
from .options import AUTO, ServerOptions, child_spec

_LOGGER = logging.getLogger(__name__)

_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.tflite")
_MAX_LOADED: Final = 3
_MAX_FILES: Final = 32


class RefusedError(Exception):
    """A request is refused; the message says why."""


class ServedModel:
    """A loaded model. For one thread."""

    def __init__(self, name: str, model: ModelSpec, options: ServerOptions) -> None:
        """Load and test the model; raises BackendError."""
        self.name = name
        if options.kind == AUTO:
            options = fastest(model, options)
        self._shape = (1, 3, model.height, model.width) if model.is_nchw else (1, model.height, model.width, 3)
        spec = child_spec(model, options)
        self._runner = CoralRunner(spec, _notify) if options.kind == "edgetpu" else LocalRunner(spec)
        self._runner.prepare(lambda: True)
        self.description = self._runner.status.text
        _notify(self._runner.status)

    def run(self, tensor: Tensor) -> Rows:
        """Return the detections in a region with the model's layout; raises RefusedError or BackendError."""
        if tensor.shape != self._shape:
            raise RefusedError(f"{self.name} expects {self._shape}, not {tensor.shape}")
        return self._runner.run_tensor(tensor)[0]


class Models:
    """Finds, loads and stores models by file name. For one thread."""

    def __init__(self, options: ServerOptions) -> None:
        """Load the server's own model; raises BackendError or DescriptionError."""
        self._options = options
        self._loaded: OrderedDict[str, ServedModel] = OrderedDict()
        self.own = options.model.name
        self.description = self.load(self.own).description  # of what runs the server's own model

    def has(self, name: str) -> bool:
        """Return whether there is a model with this name."""
        return self._find(name) is not None

    def load(self, name: str) -> ServedModel:
        """Return a loaded model; raises RefusedError if there is none, BackendError or DescriptionError."""
        if name in self._loaded:
            self._loaded.move_to_end(name)
            return self._loaded[name]
        if (path := self._find(name)) is None:
            raise RefusedError(f"there is no model {name[:100]!r} on this server")
        model = self._loaded[name] = ServedModel(name, spec_from_file(path), self._options)
        if len(self._loaded) > _MAX_LOADED:
            self._loaded.popitem(last=False)
        return model

    def unload(self, name: str) -> None:
        """Unload a model that stopped working, so that it is loaded again."""
        self._loaded.pop(name, None)

    def store(self, name: str, data: bytes) -> None:
        """Store a client's model if it can be loaded; raises RefusedError."""
        folder = self._options.accept
        if folder is None:
            raise RefusedError("this server does not accept models; start it with --accept-models FOLDER")
        if not _PLAIN_NAME.fullmatch(name):
            raise RefusedError(f"{name[:100]!r} is not a plain .tflite file name")
        if len(data) > self._options.max_bytes:
            raise RefusedError(f"{name}: {len(data)} bytes; at most {self._options.max_bytes} are accepted")
        if self.has(name):
            raise RefusedError(f"{name}: a model with this name exists; rename the new one")
        if sum(1 for _ in folder.iterdir()) >= _MAX_FILES:
            raise RefusedError(f"{folder} contains {_MAX_FILES} files; delete some of them")
        self._write(folder / name, data)

    def _write(self, path: Path, data: bytes) -> None:
        """Write the file; it gets its name only after it has run."""
        fd, part = tempfile.mkstemp(".tflite", ".part-", path.parent)
        try:
            with os.fdopen(fd, "wb") as file:
                file.write(data)
            ServedModel(path.name, spec_from_file(Path(part)), self._options)
            Path(part).rename(path)
        except (BackendError, DescriptionError) as err:
            raise RefusedError(str(err)) from err
        finally:
            Path(part).unlink(missing_ok=True)

    def _find(self, name: str) -> Path | None:
        if name == self.own:
            return self._options.model
        if name == BUNDLED.with_suffix(".tflite").name and BUNDLED.is_file():
            return BUNDLED.with_suffix(".tflite")
        folder = self._options.accept
        if folder and _PLAIN_NAME.fullmatch(name) and (folder / name).is_file():
            return folder / name
        return None


def _notify(words: Status) -> None:
    _LOGGER.info("%s", words.text)
