"""The product's memory: one SQLite file that knows every source, what was read in it and what was found."""

from __future__ import annotations

from pipeline.store.key import Key
from pipeline.store.repository import Store
from pipeline.store.rounds import Rounds
from pipeline.store.search import Hit
from pipeline.store.sources import Status, Tally

__all__ = ["Hit", "Key", "Rounds", "Status", "Store", "Tally"]
