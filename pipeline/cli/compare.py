"""``wuhao compare``: copied text, names of other places, figures that do not fit."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.options import as_json, chosen_rubric, database, existing, rubric_file
from pipeline.comparing import Conflict, Copy, ForeignName, ForeignNames, Masks, Paper, conflicts, copies
from pipeline.comparing.gazetteer import built_in as places_of_henan
from pipeline.comparing.model import Direction, Origin
from pipeline.references import read_references
from pipeline.rubric import Rubric
from pipeline.store import Store

__all__ = ["command"]

_SHOWN = 3  # passages shown of each copy


@dataclass(frozen=True)
class _Found:
    copies: tuple[Copy, ...]
    names: tuple[ForeignName, ...]
    conflicts: tuple[Conflict, ...]


@click.command(cls=ChineseCommand, name="compare")
@database
@rubric_file
@click.option(
    "--reference",
    "references",
    multiple=True,
    type=click.Path(path_type=Path),
    help="上级通知等参照文件，先减去其中的话再比；可多次使用",
)
@as_json
def command(database: Path, rubric_file: Path | None, references: tuple[Path, ...], *, as_json: bool) -> None:
    """各单位材料之间有没有照抄，有没有别处的地名，数字对不对得上。

    只提出问题，不扣分；每一条都附原文和出处。

    例：wuhao compare --reference 市通知.docx
    """
    rubric = chosen_rubric(rubric_file)
    with Store.open(existing(database)) as store:
        papers = tuple(_papers(store))
    found = _compare(papers, rubric, read_references(references))
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, default=str))
        return
    for line in _lines(found):
        click.echo(line)


def _papers(store: Store) -> Iterator[Paper]:
    """Yield the judged papers, each text once, whatever number of files carry it."""
    seen: set[str] = set()
    for one in store.analyses():
        if one.findings and one.sha256 not in seen:
            seen.add(one.sha256)
            document = store.document(one.sha256)
            identity = one.identity
            yield Paper(one.name, one.sha256, identity.unit, identity.kind, identity.date, document)


def _compare(papers: tuple[Paper, ...], rubric: Rubric, references: tuple[str, ...]) -> _Found:
    places = places_of_henan()
    foreign = ForeignNames(rubric, places, references)
    return _Found(
        copies=copies(papers, references, Masks(rubric, places)).copies,
        names=tuple(name for paper in papers for name in foreign.find(paper)),
        conflicts=tuple(conflict for paper in papers for conflict in conflicts(paper, rubric)),
    )


def _lines(found: _Found) -> Iterator[str]:
    flagged = [copy for copy in found.copies if copy.is_flagged]
    yield f"照抄：{len(flagged)} 处"
    for copy in flagged:
        yield from _copy(copy)
    yield f"别处的名称：{len(found.names)} 处"
    for name in found.names:
        yield f"  《{name.paper.name}》有“{name.name}”（{name.owner}）：{name.why}"
        yield f"    “{name.passages[0].quote}”（{name.passages[0].locator}）"
    yield f"数字对不上：{len(found.conflicts)} 处"
    for conflict in found.conflicts:
        yield f"  《{conflict.paper.name}》{conflict.why}"
        yield from (f"    “{passage.quote}”（{passage.locator}）" for passage in conflict.passages)


def _copy(copy: Copy) -> Iterator[str]:
    source = "参照文件" if copy.origin is Origin.REFERENCE else f"《{copy.source.name}》"
    order = "" if copy.direction is Direction.KNOWN else "（谁先谁后看不出）"
    yield f"  《{copy.paper.name}》与{source}相同 {copy.own_share:.0%}{order}"
    longest = sorted(copy.aligned, key=lambda pair: -len(pair.here.quote))
    for pair in longest[:_SHOWN]:
        yield f"    “{pair.here.quote}”（{pair.here.locator}）"
