"""Checks the configuration before Home Assistant starts."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmark import engine_import  # noqa: F401  # opens the way to the engine
from home_assistant.failure import Failure

from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.errors import ConfigErrors

from .cameras import write_configuration
from .options import Options


def check_configuration(options: Options) -> None:
    """Raise Failure if the integration would reject the configuration."""
    if options.config is None:
        return
    with TemporaryDirectory() as folder:
        try:
            load_config_file(write_configuration(options, Path(folder)), os.environ)
        except ConfigErrors as err:
            raise Failure(f"{options.config} is invalid: {'; '.join(map(str, err.errors))}") from err
