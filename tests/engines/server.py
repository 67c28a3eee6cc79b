"""Neo4j from its jars: a server of the tests' own on loopback, with the settings of docker-compose.yml."""

from __future__ import annotations

import atexit
import hashlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from relgraph.settings import Settings
from tests.engines import LEAVE_OUT, NEO4J_5, NEO4J_2026, EngineMissing, compose
from tests.engines.jars import jars_of
from tests.engines.java import find_java

HOST = "127.0.0.1"
MAIN = {NEO4J_5: "org.neo4j.server.CommunityEntryPoint", NEO4J_2026: "org.neo4j.server.Neo4jCommunity"}
JAVA = {NEO4J_5: 17, NEO4J_2026: 21}
PATIENCE = 180.0  # seconds for a start: six on an idle machine, many times that on a busy one
GRACE = 20.0  # seconds between asking a server to stop and killing it

# What Neo4j's own launcher passes and its jars need.
OPENED = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("java.nio", "java.io", "sun.nio.ch")]
NEEDED = [*OPENED, "--enable-native-access=ALL-UNNAMED", "-Dlog4j2.disable.jmx=true", "-XX:-UsePerfData"]
# Half the time to start; the price is slower steady state, so benchmarks do without.
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


class Neo4jServer:
    """A server in a temporary folder: `start` returns at once, `settings` once it answers, `stop` cleans up.

    `heap` as in Neo4j's settings. `quick` starts in half the time and is slower at length.
    """

    def __init__(self, name: str, heap: str = "512m", *, quick: bool = True) -> None:
        self.name, self._quick = name, quick
        self._password = secrets.token_urlsafe(16)
        self._bolt, self._http = _free_ports(2)
        self.conf = {**compose.settings({"NEO4J_HEAP": heap}), **self._local()}
        self._home: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Neo4jServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def uri(self) -> str:
        """Where it answers."""
        return f"neo4j://{HOST}:{self._bolt}"

    def start(self) -> None:
        """Launch the server, without waiting for it; raises `EngineMissing` where it cannot be had."""
        self._home = Path(tempfile.mkdtemp(prefix=f"relgraph-{self.name}-"))
        atexit.register(self.stop)
        _write(self._home / "conf" / "neo4j.conf", "".join(f"{k}={v}\n" for k, v in self.conf.items()))
        _write(self._home / "data" / "dbms" / "auth.ini", _auth_file(self._password))
        self._launch(self._home)

    def restart(self) -> None:
        """Kill the server as a power cut would, and start it again; returns once it answers."""
        assert self._home is not None
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._launch(self._home)
        self.settings()

    def _launch(self, home: Path) -> None:
        command = [str(find_java(JAVA[self.name])), "-cp", f"{jars_of(self.name)}/*", *self._flags()]
        command += [f"-D{kind}.tmpdir={home}" for kind in ("java.io", "jna")]
        command += [MAIN[self.name], f"--home-dir={home}", f"--config-dir={home / 'conf'}"]
        # A group of its own, so that Ctrl-C reaches pytest alone; and it goes when pytest is killed.
        tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
        with (home / "console").open("wb") as console:
            self._process = subprocess.Popen(
                [*tied, *command],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def settings(self) -> Settings:
        """How to reach it; waits until it answers."""
        give_up = time.monotonic() + PATIENCE
        while not self._answers():
            if not self._runs() or time.monotonic() > give_up:
                raise EngineMissing(f"{self.name} did not start ({self._last_words()}); {LEAVE_OUT}")
            time.sleep(0.1)
        return Settings(uri=self.uri, password=self._password)

    def stop(self) -> None:
        """Ask it to end, insist after a while, and remove its folder; stopping twice does nothing."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
        atexit.unregister(self.stop)

    def _local(self) -> dict[str, str]:
        """What the tests add to docker-compose.yml: where the server listens, and that it stops at once."""
        return {
            "server.default_listen_address": HOST,
            "server.bolt.listen_address": f"{HOST}:{self._bolt}",
            "server.bolt.advertised_address": f"{HOST}:{self._bolt}",
            "server.http.listen_address": f"{HOST}:{self._http}",
            "server.http.advertised_address": f"{HOST}:{self._http}",
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        }

    def _flags(self) -> list[str]:
        least, most = (self.conf[f"server.memory.heap.{end}_size"] for end in ("initial", "max"))
        return [f"-Xms{least}", f"-Xmx{most}", *NEEDED, *(QUICK if self._quick else [])]

    def _runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _answers(self) -> bool:
        """Whether its database takes a query (the port opens a moment earlier)."""
        from neo4j import GraphDatabase
        from neo4j.exceptions import DriverError, Neo4jError

        if not _listens(self._bolt):
            return False
        with GraphDatabase.driver(self.uri, auth=("neo4j", self._password), connection_timeout=5) as driver:
            try:
                driver.execute_query("RETURN 1", database_="neo4j")
            except (DriverError, Neo4jError):
                return False
        return True

    def _last_words(self) -> str:
        assert self._home is not None
        logs = [self._home / "console", self._home / "logs" / "neo4j.log"]
        text = "\n".join(log.read_text(errors="replace") for log in logs if log.is_file())
        told = [line for line in text.splitlines() if "ERROR" in line or "Exception" in line]
        return told[0][:400] if told else f"no answer in {PATIENCE:.0f} s"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _auth_file(password: str) -> str:
    """What `neo4j-admin dbms set-initial-password` writes, without the four seconds that it takes."""
    salt = secrets.token_bytes(32)
    digest = salt + password.encode()
    for _ in range(1024):
        digest = hashlib.sha256(digest).digest()
    return f"neo4j:SHA-256,{digest.hex()},{salt.hex()},1024:\n"


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((HOST, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _listens(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=1):
            return True
    except OSError:
        return False
