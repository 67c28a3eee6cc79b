"""The data folder of an embedded graph: whose it is, who may log in, how a process finds its owner."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import socket
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from relgraph.errors import EngineError, unwritten
from relgraph.model.files import encodable, replacing, temporary_of
from relgraph.store.endpoint import Login

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FORMAT = 1
MARKER, LOCK, RUNTIME, STATE, LOG = "relgraph.json", "lock", "runtime.json", "state", "log"
JOINED, BUILDING = "joined", "building"
OTHER = "give a new or an empty folder to --graph"
ROOM = 256 * 1024  # bytes
READER, WRITER = "reader", "writer"
_READ, _WRITE = ["readRecord"], ["createRecord", "readRecord", "updateRecord", "deleteRecord"]


def prepare(folder: Path) -> Path:
    """Make or check the folder and return its real path; an `EngineError` says why it cannot be used."""
    if not encodable(str(folder.resolve())):
        raise EngineError(f"{folder}: its name is no Unicode, which the embedded engine needs; {OTHER}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        real = folder.resolve(strict=True)
        _claim(real)
    except (NotADirectoryError, FileExistsError) as error:
        file = next(place for place in (folder, *folder.parents) if place.exists())
        raise EngineError(f"{file}: a file, not a folder; give a folder to --graph") from error
    except OSError as error:
        raise unwritable(folder, error) from error
    return real


def unwritable(folder: Path, error: OSError) -> EngineError:
    """What to tell the user of a folder that the operating system would not let us write to."""
    return EngineError(unwritten(folder, error, OTHER))


class Presence:
    """That a process has joined the owner, as a lock that many may share and that ends with the process.

    Whoever holds it alone knows that nobody has joined, and none can until it is closed. Where the system has no such
    locks nobody ever is alone.
    """

    def __init__(self, folder: Path, *, alone: bool) -> None:
        self._handle: int | None = None
        self.held = not alone
        if fcntl is None:
            return
        self._handle = os.open(folder / JOINED, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            self.held = True
        except OSError:  # others hold it in a way that leaves no room for this
            self.held = False

    def close(self) -> None:
        """Let it go; closing twice does nothing."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def _claim(folder: Path) -> None:
    marker = folder / MARKER
    strange = any(map(_strange, folder.iterdir()))  # asked first: whoever makes the folder begins with the marker
    if marker.exists():
        _check_format(marker)
    elif strange:
        raise EngineError(f"{folder}: not a relgraph folder, and not empty; {OTHER}")
    else:
        write_atomically(marker, {"format": FORMAT})
    if not os.access(folder, os.W_OK | os.X_OK):
        raise EngineError(f"{folder}: cannot be written; mend its permissions, or {OTHER}")
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def _strange(entry: Path) -> bool:
    """Whether it is nothing that another process leaves that is making the folder, or was killed at that."""
    return entry.name not in (LOCK, RUNTIME) and not entry.name.startswith(temporary_of(MARKER))


def _check_format(marker: Path) -> None:
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise EngineError(f"{marker}: not as relgraph wrote it; restore it from a copy, or {OTHER}") from error
    if found != FORMAT:
        raise EngineError(f"{marker}: format {found}, and this relgraph reads {FORMAT}; install the one that made it")


def write_atomically(path: Path, content: Any) -> None:
    """Write JSON so that only the user can read it, and so that no reader ever sees half of it."""
    text = content if isinstance(content, str) else json.dumps(content, indent=1) + "\n"
    with replacing(path) as file:
        file.write(text.encode())


def need_room(folder: Path) -> None:
    """Raise an `OSError` where the folder has no room left for what an engine writes as it starts.

    The engine itself would start all the same, and tell the user's terminal of each line that its log has no room for.
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(ROOM))
        file.flush()


def make_logins(folder: Path) -> tuple[Login, Login]:
    """Give the engine a fresh reader and writer, and a root whose password nobody knows; return the first two."""
    reader, writer = (Login(name, secrets.token_urlsafe(24)) for name in (READER, WRITER))
    root = Login("root", secrets.token_urlsafe(24))
    users = [_user(reader, READER), _user(writer, WRITER), _user(root, "admin")]
    config = folder / "config"
    config.mkdir(mode=0o700, exist_ok=True)
    write_atomically(config / "server-users.jsonl", "".join(f"{json.dumps(user)}\n" for user in users))
    write_atomically(config / "server-groups.json", _groups())
    return reader, writer


def _user(login: Login, group: str) -> dict[str, Any]:
    return {"name": login.username, "databases": {"*": [group]}, "password": _hashed(login.password)}


def _hashed(password: str, rounds: int = 1000) -> str:
    # The engine's own form. Few rounds do: a random password of 192 bits cannot be guessed, and 65,536 cost 0.13 s.
    salt = base64.b64encode(secrets.token_bytes(16)).decode()
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds, 32)
    return f"PBKDF2WithHmacSHA256${rounds}${salt}${base64.b64encode(digest).decode()}"


def _groups() -> dict[str, Any]:
    def group(access: list[str], records: list[str]) -> dict[str, Any]:
        return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}

    admin = group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], _WRITE)
    groups = {"admin": admin, WRITER: group(["updateSchema"], _WRITE), READER: group([], _READ), "*": group([], [])}
    return {"databases": {"*": {"groups": groups}}, "version": 2}


@dataclass(frozen=True)
class Runtime:
    """What the owner of a folder leaves in `runtime.json` for others that want to join it."""

    folder: Path
    pid: int
    host: str
    port: int
    reader: Login
    writer: Login
    machine: str

    @property
    def holder(self) -> str:
        """The process in words; a folder may be shared with other machines."""
        elsewhere = self.machine != socket.gethostname()
        return f"process {self.pid}{f' on {self.machine}' if elsewhere else ''}"

    def is_alive(self) -> bool:
        """Whether this machine has a process of that number."""
        return _alive(self.pid)

    @property
    def uri(self) -> str:
        """Where the owner answers."""
        return f"bolt://[{self.host}]:{self.port}" if ":" in self.host else f"bolt://{self.host}:{self.port}"

    def save(self) -> None:
        """Write the file, readable by its user only."""
        write_atomically(self.folder / RUNTIME, {**asdict(self), "folder": str(self.folder)})


def read_runtime(folder: Path) -> Runtime | None:
    """The owner that `runtime.json` names, or None if that is a dead process of this machine, or another folder's."""
    try:
        found = json.loads((folder / RUNTIME).read_text(encoding="utf-8"))
        logins = (Login(**found["reader"]), Login(**found["writer"]))
        place = (Path(found["folder"]), int(found["pid"]), str(found["host"]), int(found["port"]))
        runtime = Runtime(*place, *logins, str(found["machine"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    known = runtime.folder == folder and (runtime.is_alive() or runtime.machine != socket.gethostname())
    return runtime if known else None


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        return True  # no cheap question there; the folder's lock has said that an owner lives
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
