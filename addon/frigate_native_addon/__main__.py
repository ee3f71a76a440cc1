"""Entry point of the container: `python3 -m frigate_native_addon`."""

import logging
import os
import signal
import sys
import threading
from typing import Final

from .application import Application
from .logs import set_up_logging
from .options import Options, OptionsError, read_options

_LOGGER = logging.getLogger("frigate_native_addon")

_SECRETS: Final = ("SUPERVISOR_TOKEN", "HASSIO_TOKEN", "HOME_ASSISTANT_TOKEN")


def main() -> int:
    """Run until SIGTERM; return the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    set_up_logging(logging.INFO)
    try:
        options = _options()
        logging.getLogger().setLevel(options.log_level)
        Application(options).run(stop)
    except OptionsError as err:
        _LOGGER.error("%s", err)  # noqa: TRY400  # a configuration error, so no traceback
        return 2
    return 0


def _options() -> Options:
    options = read_options(os.environ)
    for name in _SECRETS:  # child processes do not need them
        os.environ.pop(name, None)
    return options


if __name__ == "__main__":
    sys.exit(main())
