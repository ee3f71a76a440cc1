"""A server's options."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..protocol import ChildSpec, ModelSpec

AUTO: Final = "auto"  # the kind that is fastest for each model


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """A server's command line options. accept: the folder for clients' models; None: they are not accepted."""

    kind: str
    device: str
    num_threads: int
    model: Path
    accept: Path | None
    max_bytes: int


def child_spec(model: ModelSpec, options: ServerOptions) -> ChildSpec:
    """Return the parameters for a backend without an engine."""
    return ChildSpec(
        name="server",
        kind=options.kind,
        device=options.device,
        num_threads=options.num_threads,
        runtime=None,
        remote=None,
        model=model,
        index=0,
        children=0,
        slots=0,
        memory_fd=-1,
        queue_fd=-1,
        status_fd=-1,
        answer_fds=(),
    )
