"""How much memory a process has held at most."""

from __future__ import annotations

from pathlib import Path


def peak(process: int | str = "self") -> int:
    """Bytes, since the process began to run its program (Linux).

    `resource.getrusage` tells what the process that started this one held, where that is more.
    """
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024
