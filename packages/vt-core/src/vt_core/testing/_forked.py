# SPDX-License-Identifier: Apache-2.0
"""One process per case: how code that may crash or hang is tested."""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

__all__ = ["Outcome", "run_forked"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a forked case ended.

    Attributes
    ----------
    kind : {"returned", "raised", "died", "hung"}
        ``died`` is an end by signal or without a report, ``hung`` one by the time limit.
    value : str
        ``repr`` of the returned value.
    classes : tuple of str
        Names of the raised exception's class and its bases, most derived first.
    message : str
        Text of the raised exception, or what is known about the death.
    trace : str
        Formatted traceback of the raised exception.
    """

    kind: Literal["returned", "raised", "died", "hung"]
    value: str = ""
    classes: tuple[str, ...] = ()
    message: str = ""
    trace: str = ""


def run_forked(case: Callable[[], Any], *, timeout_s: float = 10.0) -> Outcome:
    """Run a function in a forked child and report how it ended.

    Parameters
    ----------
    case : callable
        Takes nothing; what it returns comes back as its ``repr``.
    timeout_s : float, optional
        The child is killed after this time. Default 10 seconds.

    Returns
    -------
    Outcome
        Never raises for what the case did.
    """
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _run_child(case, writer)
    os.close(writer)
    with os.fdopen(reader, "rb", buffering=0) as pipe:
        report = _read_until(pipe.fileno(), time.monotonic() + timeout_s)
    if report is None:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if report is None:
        return Outcome("hung", message=f"no end within {timeout_s} s")
    if report and os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        return Outcome(*pickle.loads(report))
    if os.WIFSIGNALED(status):
        return Outcome("died", message=f"ended by {signal.Signals(os.WTERMSIG(status)).name}")
    return Outcome("died", message=f"exit status {os.WEXITSTATUS(status)} without a report")


def _run_child(case: Callable[[], Any], writer: int) -> NoReturn:
    # Nothing of the parent's test session may run again in the child: it leaves by _exit whatever happens.
    try:
        faulthandler.disable()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            report = ("returned", _clip(repr(case())))
        except BaseException as error:
            classes = tuple(cls.__name__ for cls in type(error).__mro__)
            report = ("raised", "", classes, _clip(str(error)), _clip(traceback.format_exc()))
        os.write(writer, pickle.dumps(report))
        os._exit(0)
    finally:
        os._exit(1)


def _clip(text: str) -> str:
    # A pipe takes 64 KiB without a reader, so that the child never waits for its parent.
    return text if len(text) <= 5000 else text[:5000] + " ..."


def _read_until(reader: int, deadline: float) -> bytes | None:
    """Everything up to the end of the pipe, or None when the deadline comes first."""
    chunks: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([reader], [], [], left)[0]:
            return None
        chunk = os.read(reader, 65536)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
