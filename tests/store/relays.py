"""Relays between a driver and a Neo4j server: they note what is said, and make one server look like a cluster."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable

HOST = "127.0.0.1"
_TABLE = re.compile(rb"(\x89addresses\x91\x8f)127\.0\.0\.1:\d{5}(\x84role[\x84\x85])(READ|WRITE|ROUTE)")
Roles = dict[bytes, int]


class Relay:
    """A port that passes on to `target`; `asked` and `answered` are what went through.

    `roles` are the ports that its answers name for READ, WRITE and ROUTE instead of the server's own. Ports of five
    digits leave every length in a message as it is.
    """

    def __init__(self, target: int, roles: Roles | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.asked, self.answered = bytearray(), bytearray()
        self.roles = roles or {}
        self._target, self._tls = target, tls
        self._server = self._listening()
        self._open: list[socket.socket] = []
        self.port = self._server.getsockname()[1]

    @staticmethod
    def _listening() -> socket.socket:
        while True:
            server = socket.create_server((HOST, 0))
            if server.getsockname()[1] > 9_999:
                return server
            server.close()

    def __enter__(self) -> Relay:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._server, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
            server = socket.create_connection((HOST, self._target))
            self._open += [client, server]
            self._start(self._pass, client, server, self.asked)
            self._pass(server, client, self.answered)

    def _pass(self, source: socket.socket, sink: socket.socket, noted: bytearray) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                noted += data
                sink.sendall(_TABLE.sub(self._rerouted, data) if noted is self.answered else data)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _rerouted(self, found: re.Match[bytes]) -> bytes:
        port = self.roles.get(found[3])
        return found[0] if port is None else b"%b127.0.0.1:%d%b%b" % (found[1], port, found[2], found[3])
