"""Debian's Firefox without a window, driven by the WebDriver BiDi that it speaks (Playwright wants its own build)."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from tornado.websocket import websocket_connect

FIREFOX = shutil.which("firefox-esr")
PATIENCE = 120  # seconds for any answer


class Firefox:
    """One tab; `seen` holds what the page asked for, and `said` what it wrote to its console."""

    def __init__(self, profile: Path) -> None:
        self.seen: list[str] = []
        self.said: list[str] = []
        self.socket: Any = None
        self.calls, self.loop = 0, asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)  # Playwright has the loop of this one
        self.thread.start()
        command = [str(FIREFOX), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        address = next(filter(None, (re.search(r"BiDi listening on (ws://\S+)", line) for line in self.process.stderr)))
        self.socket = self._wait(lambda: websocket_connect(f"{address[1]}/session", max_message_size=1 << 26))
        self.call("session.new", capabilities={})
        self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def call(self, method: str, **params: Any) -> Any:
        """The result of a command; a refusal fails."""
        self.calls += 1
        command = json.dumps({"id": self.calls, "method": method, "params": params})
        self._wait(lambda: self.socket.write_message(command))
        while (answer := json.loads(self._wait(self.socket.read_message))).get("id") != self.calls:
            self._note(answer.get("method"), answer.get("params"))
        assert answer["type"] == "success", answer
        return answer["result"]

    def _note(self, event: str | None, params: Any) -> None:
        if event == "network.beforeRequestSent":
            self.seen.append(params["request"]["url"])
        elif event == "log.entryAdded":
            self.said.append(f"{params['level']}: {params['text']}")

    def open(self, path: Path, address: str = "") -> None:
        """Opens a page, and waits until it can be used."""
        self.call("browsingContext.navigate", context=self.tab, url=path.as_uri() + address, wait="complete")
        self.evaluate("""new Promise(function look(done) {
          if (document.documentElement.dataset.ready) done(); else setTimeout(look, 20, done);
        })""")

    def evaluate(self, expression: str) -> Any:
        """What an expression of plain data gives in the page."""
        script = f"Promise.resolve({expression}).then(value => JSON.stringify(value ?? null))"
        answer = self.call("script.evaluate", expression=script, target={"context": self.tab}, awaitPromise=True)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def press(self, *keys: str) -> None:
        """Presses keys one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def pdf(self, width: float, height: float) -> bytes:
        """The print on paper of so many centimetres."""
        printed = self.call("browsingContext.print", context=self.tab, page={"width": width, "height": height})
        return base64.b64decode(printed["data"])

    def close(self) -> None:
        """Ends the connection and Firefox."""
        if self.socket:
            self.loop.call_soon_threadsafe(self.socket.close)
            self._wait(self.socket.read_message)  # its end
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stderr.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def _wait(self, ask: Callable[[], Awaitable[Any]]) -> Any:
        async def answer() -> Any:
            return await ask()

        return asyncio.run_coroutine_threadsafe(answer(), self.loop).result(PATIENCE)
