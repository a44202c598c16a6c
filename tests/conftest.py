"""For all tests: no network, and no deadline on properties (speed is measured in benchmarks/)."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("wuhao", deadline=None)
settings.load_profile("wuhao")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test whose code talks to another machine; pipes between our own processes stay open."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            raise AssertionError(f"network call to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
