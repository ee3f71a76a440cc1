"""The container's image without a container runtime: its Dockerfile read, its COPY lines carried out."""

import json
import re
import shutil
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

type Instruction = tuple[str, str]


def read_dockerfile(path: Path) -> list[Instruction]:
    """Return the instructions, continued lines joined, comments left out."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    pairs = (line.partition(" ") for line in joined.splitlines() if line.strip())
    return [(name.upper(), rest.strip()) for name, _, rest in pairs]


def debian_packages(instructions: list[Instruction]) -> list[str]:
    """Return what apt-get installs."""
    runs = " ".join(rest for name, rest in instructions if name == "RUN")
    return [
        word
        for words in re.findall(r"apt-get install ([^&|;]*)", runs)
        for word in words.split()
        if not word.startswith("-")
    ]


@dataclass(frozen=True, slots=True)
class Image:
    """What a container of the image would have."""

    root: Path
    entrypoint: list[str]
    healthcheck: list[str]
    environment: dict[str, str]


def assemble(repository: Path, root: Path) -> Image:
    """Lay the files out as the Dockerfile does, of those that the ignore file lets through."""
    instructions = read_dockerfile(repository / "addon" / "Dockerfile")
    for rest in (rest for name, rest in instructions if name == "COPY"):
        *sources, target = rest.split()
        for source in sources:
            _copy(repository, repository / source, root / target.lstrip("/"))
    healthcheck = next(rest for name, rest in instructions if name == "HEALTHCHECK").partition("CMD ")[2]
    settings = [pair.partition("=") for name, rest in instructions if name == "ENV" for pair in rest.split()]
    return Image(
        root=root,
        entrypoint=json.loads(next(rest for name, rest in instructions if name == "ENTRYPOINT")),
        healthcheck=json.loads(healthcheck),
        environment={name: value.replace("/app", f"{root}/app") for name, _, value in settings},
    )


def _copy(repository: Path, source: Path, target: Path) -> None:
    files = [source] if source.is_file() else [path for path in source.rglob("*") if path.is_file()]
    assert files, f"{source} has no files"
    base = source.parent if source.is_file() else source
    for file in files:
        if _reaches_build(repository, file):
            to = target / file.relative_to(base)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)


def _reaches_build(repository: Path, file: Path) -> bool:
    """Tell whether the ignore file lets a file into the build's context; its last matching line decides."""
    names = [str(part) for part in (file.relative_to(repository), *file.relative_to(repository).parents)][:-1]
    reaches = True
    for line in (repository / "addon" / "Dockerfile.dockerignore").read_text(encoding="utf-8").split():
        pattern = line.removeprefix("!").removeprefix("**/")
        subjects = [Path(name).name for name in names] if "**/" in line else names
        if any(fnmatch(subject, pattern) for subject in subjects):
            reaches = line.startswith("!")
    return reaches
