"""Reference papers: the notice and other higher papers, whose words are nobody's own deeds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractors import Limits, Source, extract
from pipeline.errors import UsageError, reason
from pipeline.messages import next_step, outcome_name

__all__ = ["read_references"]


def read_references(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the visible text of each reference file.

    Raises:
        UsageError: one of them cannot be read; judging without it would be misleading.

    """
    return tuple(_text(path) for path in paths)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"参照文件打不开：{path}（{reason(error)}）。请检查路径。") from error
    extraction = extract(Source(path.name, data), Limits())
    if extraction.document is None:
        outcome = extraction.outcome
        raise UsageError(f"参照文件 {path} {outcome_name(outcome)}。{next_step(outcome)}")
    return extraction.document.visible_text()
