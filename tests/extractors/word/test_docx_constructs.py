"""What Word shows is what is read: one small paper per construct."""

from __future__ import annotations

import pytest

from extractors.document import Limits, Outcome, Source
from extractors.word.docx import extract
from tests.builders.docx_constructs import CONSTRUCTS, Construct


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda construct: construct.name)
def test_reads_what_word_shows(construct: Construct) -> None:
    extraction = extract(Source("方案.docx", construct.data), Limits())

    assert extraction.document is not None
    assert construct.shown == extraction.document.visible_text()
    assert extraction.outcome is Outcome.OK
