"""Real database servers for tests: PostgreSQL and MariaDB, in folders and on ports of their own."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.servers import PATIENCE_S, free_port

PASSWORD = "s3cret-pw"
_FOLDERS = ("/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin")


def program(name: str) -> str:
    """Return where a server's program is; Debian keeps PostgreSQL's below its version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which(name, path=os.pathsep.join((*map(str, reversed(debian)), *_FOLDERS)))
    assert found, f"{name} is not installed"
    return found


class Server:
    """A server's process, which can be stopped and started again."""

    def __init__(self, command: Sequence[str | Path], user: str, port: int, log: Path) -> None:
        self.port = port
        self._command = _as_user(user, command)
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError(self._log.read_text(errors="replace"))

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait(PATIENCE_S)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Run PostgreSQL; give the URL of its first database."""
    user = _server_user("postgres")
    _hand_over(folder, user)
    data, password = folder / "data", folder / "password"
    password.write_text(PASSWORD)
    shutil.chown(password, user)
    login = ("-U", "frigate", "--pwfile", password, "-A", "scram-sha-256")
    _run(user, [program("initdb"), "-D", data, "-E", "UTF8", "--locale", "C", "--no-sync", *login])
    port = free_port()
    options = ("-h", "127.0.0.1", "-p", str(port), "-k", "", "-c", "fsync=off")
    server = Server([program("postgres"), "-D", data, *options], user, port, folder / "log")
    server.start()
    try:
        yield f"postgresql://frigate:{PASSWORD}@127.0.0.1:{port}/postgres"
    finally:
        server.stop()


@contextmanager
def mariadb(folder: Path) -> Iterator[str]:
    """Run MariaDB; give the URL of its first database."""
    user = _server_user("mysql")
    _hand_over(folder, user)
    data, first = folder / "data", folder / "first.sql"
    _run(
        user,
        [
            program("mariadb-install-db"),
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
        ],
    )
    first.write_text(
        "CREATE DATABASE IF NOT EXISTS frigate;\n"
        f"CREATE USER IF NOT EXISTS frigate@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
        "GRANT ALL ON *.* TO frigate@'127.0.0.1';\n"
    )
    port = free_port()
    options = (f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder / 'socket'}")
    quick = (
        "--innodb-flush-log-at-trx-commit=0",
        f"--init-file={first}",
        f"--pid-file={folder / 'pid'}",
        "--skip-name-resolve",
    )
    server = Server([program("mariadbd"), "--no-defaults", *options, *quick], user, port, folder / "log")
    server.start()
    try:
        yield f"mysql://frigate:{PASSWORD}@127.0.0.1:{port}/frigate"
    finally:
        server.stop()


def _server_user(usual: str) -> str:
    """Return who is to run a server: neither of them runs as root."""
    if os.getuid() != 0:
        return getpass.getuser()
    with suppress(KeyError):
        return pwd.getpwnam(usual).pw_name
    return "nobody"


def _hand_over(folder: Path, user: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.chown(folder, user)
    for parent in folder.parents[:4]:
        if parent.owner() == getpass.getuser() and parent != Path(parent.anchor):
            parent.chmod(parent.stat().st_mode | 0o111)


def _as_user(user: str, command: Sequence[str | Path]) -> list[str]:
    words = [str(word) for word in command]
    return (
        words
        if os.getuid() != 0
        else ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--init-groups", *words]
    )


def _group(user: str) -> str:
    return str(pwd.getpwnam(user).pw_gid)


def _run(user: str, command: Sequence[str | Path]) -> None:
    done = subprocess.run(_as_user(user, command), capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr + done.stdout


def unlock(url: str) -> None:
    """Take a file from the store that owns it, as if that store's process had died."""
    if url.startswith("sqlite:///"):
        Path(f"{url.removeprefix('sqlite:///')}-lock").unlink()
