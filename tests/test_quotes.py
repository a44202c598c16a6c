"""Every quote in the database is found again from its locator, over all samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.engine import Serial
from pipeline.rubric import built_in
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.store import Store
from samples.build import build


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of all samples."""
    folder = tmp_path_factory.mktemp("samples")
    list(build(folder / "in"))
    notice = (Path(__file__).parents[1] / "samples" / "notice.txt").read_text(encoding="utf-8")
    with Store.open(folder / "out" / "wuhao.db") as store:
        run(
            [folder / "in"],
            Settings(built_in(), (notice,)),
            store,
            executor=Serial(),
            output=folder / "out",
        )
    return folder / "out" / "wuhao.db"


def test_all_quotes_are_found_again(judged: Path) -> None:
    with Store.open(judged) as store:
        pieces = [
            (one.sha256, piece)
            for one in store.analyses()
            for finding in one.findings
            for piece in (*finding.evidence, *finding.near_misses)
        ]

        lost = [
            piece.quote for sha256, piece in pieces if store.text_at(sha256, piece.locator) != piece.quote
        ]

    assert len(pieces) > 500
    assert lost == []


def test_every_verdict_but_absent_and_unclear_has_a_quote(judged: Path) -> None:
    with Store.open(judged) as store:
        findings = [finding for one in store.analyses() for finding in one.findings]

    bare = [f for f in findings if f.state.value in ("covered", "hollow", "lacking") and not f.evidence]
    assert bare == []
