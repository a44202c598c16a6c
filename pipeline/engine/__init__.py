"""Ways to carry out the same work on many files: in this process, or in killable child processes."""

from __future__ import annotations

from pipeline.engine.contract import Executor, Work, failed
from pipeline.engine.reading import Reading
from pipeline.engine.room import private_room
from pipeline.engine.serial import Serial
from pipeline.engine.workers import Workers

__all__ = ["Executor", "Reading", "Serial", "Work", "Workers", "failed", "private_room"]
