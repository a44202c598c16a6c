"""``python -m pipeline.cli`` is the same as ``wuhao``."""

from __future__ import annotations

from pipeline.cli.main import main

main()
