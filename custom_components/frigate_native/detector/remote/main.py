"""The server's command line."""

import argparse
import logging
import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

import zmq

from ..backends import BackendError
from ..description import BUNDLED, DescriptionError
from ..private_file import write_private
from .keys import load_keys
from .models import Models
from .options import AUTO, ServerOptions
from .service import Service

_LOGGER = logging.getLogger(__name__)

_MEGABYTE = 1_000_000
_DEVICES = {"openvino": "AUTO"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until SIGTERM or SIGINT; return the exit code."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        options = _options(given)
        keys = load_keys(given.keys) if given.keys else None
        models = Models(options)
        service = Service(models, given.bind, options.max_bytes, keys)
    except (BackendError, DescriptionError, OSError, ValueError, zmq.ZMQError) as err:
        _LOGGER.error("%s", err)  # noqa: TRY400 - a user error
        return 1
    if given.state:
        write_private(given.state, {"endpoint": service.endpoint, "description": models.description})
    _LOGGER.info("Serving at %s", service.endpoint)
    try:
        service.serve(lambda: not stop.is_set())
    finally:
        service.close()
    return 0


def _options(given: argparse.Namespace) -> ServerOptions:
    options = ServerOptions(
        kind=given.type,
        device=_DEVICES.get(given.type, "") if given.device is None else given.device,
        num_threads=given.threads,
        model=given.model.resolve(),
        accept=given.accept_models and given.accept_models.resolve(),
        max_bytes=int(given.max_model_mb * _MEGABYTE),
    )
    if options.accept:
        options.accept.mkdir(parents=True, exist_ok=True)
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="server.py",
        description="Serve this machine's detector to other machines through the protocol of Frigate's ZMQ detector. "
        "Without --keys, everyone may use it: bind it to a network that you trust.",
    )
    parser.add_argument("--bind", default="tcp://127.0.0.1:5555", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--type",
        default="cpu",
        choices=[AUTO, "cpu", "edgetpu", "openvino"],
        help="auto: the fastest; default: %(default)s",
    )
    parser.add_argument("--device", help="edgetpu: usb, usb:0, pci, pci:1, default: any; openvino: AUTO, CPU, GPU")
    parser.add_argument("--threads", type=int, default=os.process_cpu_count() or 1, help="default: %(default)s")
    parser.add_argument(
        "--model", type=Path, default=BUNDLED.with_suffix(".tflite"), help="a .tflite model (default: the bundled one)"
    )
    parser.add_argument("--keys", type=Path, metavar="FILE", help="answer only the client with these keys (made anew)")
    parser.add_argument("--state", type=Path, metavar="FILE", help="write the address and what runs the model here")
    parser.add_argument(
        "--accept-models", type=Path, metavar="FOLDER", help="accept models from clients and store them here"
    )
    parser.add_argument(
        "--max-model-mb", type=float, default=64.0, help="maximum size of a client's model (default: %(default)s)"
    )
    return parser
