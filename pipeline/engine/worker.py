"""The child's side of ``workers``: takes one file at a time from a pipe and hands back its analysis.

Runs in a process of its own that may be killed at any moment.  It writes nothing and outlives nobody.
"""

from __future__ import annotations

import faulthandler
import logging
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from extractors.document import Limits
from pipeline.engine.contract import Work, attempt
from pipeline.engine.parcels import register
from pipeline.intake import Found
from pipeline.model import Analysis

__all__ = ["serve"]


def serve(pipe: Connection[Analysis | None, Found], work: Work, limits: Limits) -> None:
    """Work until the parent hangs up.  ``None`` says that the process is up and the clock may start."""
    _stand_alone(limits)
    register()
    with Path(os.devnull).open("w") as nowhere:
        pipe.send(None)
        while True:
            try:
                found = pipe.recv()
            except EOFError:
                return
            # The parent kills a late child; should it be gone, this clock needs neither it nor the GIL.
            faulthandler.dump_traceback_later(limits.seconds * 2, exit=True, file=nowhere)
            analysis = attempt(work, found)
            faulthandler.cancel_dump_traceback_later()
            pipe.send(analysis)


def _stand_alone(limits: Limits) -> None:
    # Ctrl-C goes to the whole group; only the parent may decide what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What the parsers of foreign formats log is stored as notices or is of no use to the reader.
    logging.disable(logging.CRITICAL)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _cap_memory(limits.memory_mb * 1024 * 1024)


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _cap_memory(size: int) -> None:
    """Let an allocation beyond the cap fail at once; where the system cannot, the parent's watch remains."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard == resource.RLIM_INFINITY or size < hard:
            resource.setrlimit(resource.RLIMIT_DATA, (size, hard))
