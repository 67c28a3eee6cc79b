"""The embedded engine: started by the first process that opens a folder, joined over Bolt by every other."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import importlib
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from relgraph.errors import REMEDIES, EngineError
from relgraph.store import folder as data
from relgraph.store.endpoint import Endpoint
from relgraph.store.states import FolderStates

DATABASE = "relgraph"
HOST = "127.0.0.1"
PATIENCE = 30.0  # seconds to wait for another process that is just starting or leaving
_PAUSE = 0.02
_BOLT = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"

_owned: dict[Path, _Owned] = {}
_starting = threading.RLock()
_stopping = threading.Lock()


def embedded_endpoint(folder: Path, host: str = HOST, port: int | None = None) -> Endpoint:
    """The engine of a folder: this process's own, one that another process runs, or one started now."""
    real = data.prepare(folder)
    with _starting:
        owned = _owned.get(real)
        if owned is None:
            joined = _own_or_join(real, host, port)
            if isinstance(joined, Endpoint):
                return joined
            owned = _owned[real] = joined
        return owned.lend()


def _own_or_join(folder: Path, host: str, port: int | None) -> _Owned | Endpoint:
    """Whoever gets the lock starts the engine; the others wait until it answers, or take its place."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / data.LOCK, mode=0o600, thread_local=False)  # closed by any thread
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            pass
        except OSError as error:
            raise EngineError(f"{folder}: cannot be locked ({error}); use a folder on a local disk") from error
        else:
            return _start_locked(folder, lock, host, port)
        presence = data.Presence(folder, alone=False)  # taken before the address is read, which may change
        runtime = data.read_runtime(folder)
        if presence.held and runtime and runtime.is_alive() and _listens(runtime):
            return _joined(runtime, presence)
        presence.close()
        if time.monotonic() > give_up:
            holder = runtime.holder if runtime else "another process"
            raise EngineError(f"{folder}: held by {holder}, which does not answer; end it and try again")
        time.sleep(_PAUSE)


def _joined(runtime: data.Runtime, presence: data.Presence) -> Endpoint:
    folder = runtime.folder
    return Endpoint(
        *("joined", runtime.uri, DATABASE, runtime.reader, runtime.writer, str(folder), presence.close),
        stands=lambda: data.read_runtime(folder) == runtime,  # whoever leaves takes that away first
        successor=lambda: embedded_endpoint(folder),
    )


def _start_locked(folder: Path, lock: Any, host: str, port: int | None) -> _Owned:
    try:
        return _Owned(folder, lock, host, port)
    except OSError as error:
        lock.release()
        raise data.unwritable(folder, error) from error
    except BaseException:
        lock.release()
        raise


class _Owned:
    """An engine that runs in this process, shared by all of its connections to the folder."""

    def __init__(self, folder: Path, lock: Any, host: str, port: int | None) -> None:
        self.folder, self._lock, self._lent = folder, lock, 0
        data.need_room(folder)
        (folder / data.RUNTIME).unlink(missing_ok=True)
        FolderStates(str(folder)).begin()
        shutil.rmtree(folder / data.BUILDING, ignore_errors=True)
        reader, writer = data.make_logins(folder)
        self._server, chosen = _start(folder, host, port)
        self.runtime = data.Runtime(folder, os.getpid(), reachable(host), chosen, reader, writer, socket.gethostname())
        try:
            self.runtime.save()
        except BaseException:
            _stop_quietly(self._server)
            raise
        atexit.register(self.stop)
        _exit_on_sigterm()

    def lend(self) -> Endpoint:
        """One more connection's endpoint; the engine stops when the last one is released."""
        self._lent += 1
        returned = threading.Event()

        def release() -> None:
            if not returned.is_set():
                returned.set()
                self._take_back()

        found = self.runtime
        return Endpoint("embedded", found.uri, DATABASE, found.reader, found.writer, str(self.folder), release, self)

    def _take_back(self) -> None:
        with _starting:
            self._lent -= 1
            if not self._lent:
                self.stop()

    @contextlib.contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether one connection is all that there is; inside the block there will be no other."""
        with _starting:
            presence = data.Presence(self.folder, alone=True)
            try:
                yield presence.held and self._lent == 1
            finally:
                presence.close()

    def is_blank(self) -> bool:
        """Whether there is nothing in the graph, nor an index that relgraph did not make."""
        database = self._server.get_database(DATABASE)
        things = database.query("opencypher", "MATCH (n) RETURN n LIMIT 1").to_list()
        indexes = database.query("sql", "SELECT properties FROM schema:indexes").to_list()
        return not things and all(index["properties"] == [["id"]] for index in indexes)

    def replace(self, built: Path) -> bool:
        """Put a closed database, built in this folder, in the place of the blank one; whether the disk let us.

        Two renames: between them there is no database, and a start makes a blank one. The engine answers at another
        address afterwards.
        """
        graph, replaced = self.folder / "databases" / DATABASE, False
        _stop_quietly(self._server)
        with contextlib.suppress(OSError):
            graph.rename(built.with_name("blank"))
            built.rename(graph)
            replaced = True
        self._server, port = _start(self.folder, self.runtime.host, None)
        self.runtime = dataclasses.replace(self.runtime, port=port)
        self.runtime.save()
        return replaced

    def stop(self) -> None:
        """Stop the engine and let the folder go."""
        if _owned.pop(self.folder, None) is None:
            return
        atexit.unregister(self.stop)
        with _stopping:
            with contextlib.suppress(OSError):
                (self.folder / data.RUNTIME).unlink(missing_ok=True)
            _stop_quietly(self._server)
            self._lock.release()


    def disown(self) -> None:
        """Forget the engine in a forked child: its threads are not there, and to stop it would wait for them."""
        self._server._started = False


def _after_fork() -> None:
    for owned in _owned.values():
        owned.disown()
    _owned.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def _exit_on_sigterm() -> None:
    """End on SIGTERM as on the last line of the program, unless the program has a handler of its own."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _exit)


def _exit(number: int, _frame: object) -> None:
    if not _stopping.locked():  # a second signal must not end the clean end that the first one asked for
        raise SystemExit(128 + number)


def _start(folder: Path, host: str, port: int | None) -> tuple[Any, int]:
    """Start the engine on the port asked for, else on a free one (if another takes that first, on another)."""
    with _logging_to(folder / data.LOG):
        engine = package()
        for left in reversed(range(1 if port else 5)):
            chosen = port or _free_port()
            try:
                return _launched(engine, folder, _config(host, chosen)), chosen
            except engine.ArcadeDBError as error:
                taken = "Unable to listen" in str(error) or "UnknownHost" in str(error)
                if port and taken:
                    told = f"{host}:{port}: cannot be listened on; free it, or give another --port or --host"
                    raise EngineError(told) from error
                if not left or not taken:
                    raise EngineError(_why(folder, error)) from error
    raise AssertionError


def _launched(engine: Any, folder: Path, config: dict[str, Any]) -> Any:
    server = engine.create_server(root_path=str(folder), config=config)
    try:
        server.start()
        server.create_database(DATABASE)
    except BaseException:
        _stop_quietly(server)
        raise
    return server


def package() -> Any:
    """The native build, or the JVM build of the same interface, whichever is installed."""
    for name in ("arcadedb", "arcadedb_embedded"):
        with contextlib.suppress(ImportError):
            return importlib.import_module(name)
    raise EngineError("arcadedb: the embedded engine is not installed; install relgraph with its requirements")


@contextlib.contextmanager
def _logging_to(log: Path) -> Iterator[None]:
    """Have the engine's library, which is loaded once a process, log to that folder and not to the console."""
    wanted = {"ARCADEDB_LOG_DIR": str(log), "ARCADEDB_LOG_CONSOLE": "0"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def _config(host: str, port: int) -> dict[str, Any]:
    return {
        "server_plugins": _BOLT,
        "mode": "development",  # the other modes answer every error with "see the log"
        "host": HOST,  # its HTTP server cannot be left out: loopback, any free port, the same logins
        "http_port": 0,
        "bolt_host": host,
        "bolt_port": port,
        "bolt_defaultDatabase": DATABASE,
        "opencypher_loadCsv_allowFileUrls": False,
        "opencypher_loadCsv_allowRemoteUrls": False,
        "polyglotEngineEnabled": False,
    }


def _stop_quietly(server: Any) -> None:
    with contextlib.suppress(Exception):  # what it has to say is in its log
        server.stop()


def _why(folder: Path, error: Exception) -> str:
    reason = " ".join(str(error).split())
    for code, remedy in REMEDIES.items():
        if os.strerror(code) in reason:
            return f"{folder}: the embedded engine did not start ({os.strerror(code)}); {remedy}"
    return f"{folder}: the embedded engine did not start ({reason}); more is in {folder / data.LOG}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def reachable(host: str) -> str:
    """An address at which this machine reaches what listens on `host`."""
    return HOST if host in ("", "0.0.0.0", "::", "localhost") else host


def _listens(runtime: data.Runtime) -> bool:
    try:
        with socket.create_connection((runtime.host, runtime.port), timeout=1):
            return True
    except OSError:
        return False
