"""``python -m benchmarks``: every measurement that takes less than a minute."""

from __future__ import annotations

from benchmarks.speed import main

main()
