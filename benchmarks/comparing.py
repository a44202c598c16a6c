"""How long comparing takes and what memory it needs, for 300 and 3,000 invented units with two papers each.

    python -m benchmarks.comparing [UNITS …]

The papers are sentences of the sample campaign with their words shuffled, so that no two are alike, with a
share of the notice in each, some stock phrases that all share, and one unit in fifty that copies another.
One process, processor time; the target is 3,000 units in five minutes and two gigabytes.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import jieba

from extractors.plain import document_of
from pipeline.comparing import ForeignNames, Masks, Paper, conflicts, copies
from pipeline.comparing.gazetteer import built_in as places
from pipeline.model import Kind
from pipeline.rubric import Rubric, Unit, built_in

SAMPLES = Path(__file__).parents[1] / "samples"
NOTICE = (SAMPLES / "notice.txt").read_text(encoding="utf-8")
SENTENCES_A_PAPER = 60
COPIER = 50  # one unit in so many
TABLE = "| 项目 | 满分 | 自评 |\n| 班子 | 20 | {0} |\n| 会员 | 20 | {1} |\n| 合计 | 40 | {2} |"


def words() -> list[list[str]]:
    """Return the sentences of the sample campaign, cut into words."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((SAMPLES / "texts").rglob("*.txt"))]
    sentences = [sentence for text in texts for sentence in text.replace("\n", "。").split("。")]
    return [jieba.lcut(sentence) for sentence in sentences if len(sentence) > 15]


def shuffled(pool: Sequence[list[str]], chance: random.Random) -> str:
    """Return the words of two sentences in a new order."""
    mixed = [*chance.choice(pool), *chance.choice(pool)]
    chance.shuffle(mixed)
    return "".join(mixed[: len(mixed) // 2 + 4]) + "。"


def text_of(pool: Sequence[list[str]], stock: Sequence[str], chance: random.Random) -> str:
    """Return one paper of its own."""
    lines = [shuffled(pool, chance) for _ in range(SENTENCES_A_PAPER)]
    for place in range(0, len(lines), 12):
        lines[place] = chance.choice(stock)
    one, other = chance.randint(12, 20), chance.randint(12, 20)
    return "\n".join([*lines, TABLE.format(one, other, one + other)])


def papers(units: Sequence[Unit], chance: random.Random) -> Iterator[Paper]:
    """Yield a plan and a report for every unit; every fiftieth plan is another's with the names changed."""
    pool = words()
    stock = [line for line in NOTICE.split("\n") if len(line) > 40]
    stock += [shuffled(pool, chance) for _ in range(20)]
    source = ""
    for number, unit in enumerate(units):
        for kind in (Kind.WORK_PLAN, Kind.SELF_CHECK):
            text = text_of(pool, stock, chance)
            if number % COPIER == 1 and kind is Kind.WORK_PLAN:
                text = source
            if kind is Kind.WORK_PLAN:
                source = text
            date = dt.date(2015, 6, 1) + dt.timedelta(days=number % 28)
            name = f"{unit.id}/{kind}.docx"
            yield Paper(name, f"{number}-{kind}", unit.id, kind, date, document_of(text))


def campaign(count: int) -> Rubric:
    """Return the rubric with invented units in the counties of Henan."""
    counties = list(places().counties())
    units = [
        Unit(
            id=f"u{n}",
            name=f"第{n}{counties[n % len(counties)].name}工商联",
            code=counties[n % len(counties)].code,
        )
        for n in range(count)
    ]
    return built_in().model_copy(update={"units": tuple(units)})


def measure(count: int) -> None:
    """Print processor seconds of each part of comparing, and the memory reached."""
    rubric = campaign(count)
    chosen = list(papers(rubric.units, random.Random(count)))
    characters = sum(len(paper.document.visible_text()) for paper in chosen)
    print(
        f"{count} units, {len(chosen)} papers, {characters / 1e6:.1f} million characters, {_megabytes()} MB"
    )
    clock = [time.process_time()]
    found = copies(chosen, [NOTICE], Masks(rubric, places()))
    clock.append(time.process_time())
    foreign = ForeignNames(rubric, places(), [NOTICE])
    names = sum(len(foreign.find(paper)) for paper in chosen)
    clock.append(time.process_time())
    wrong = sum(len(conflicts(paper, rubric)) for paper in chosen)
    clock.append(time.process_time())
    copied = sum(copy.is_flagged and copy.origin == "other_unit" for copy in found.copies)
    spent = [end - start for start, end in pairwise(clock)]
    made = count // COPIER
    print(f"  copies {spent[0]:.1f} s ({copied} pairs, {made} made)  places {spent[1]:.1f} s ({names})")
    print(f"  figures {spent[2]:.1f} s ({wrong})  all {sum(spent):.1f} s  {_megabytes()} MB")


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Measure each number of units given, 300 and 3,000 otherwise."""
    for count in [int(word) for word in sys.argv[1:]] or [300, 3_000]:
        measure(count)


if __name__ == "__main__":
    main()
