"""All figures of an answer key on the gold papers.

    python -m benchmarks.accuracy [--writers w6] [--ablation] [--train]

Without ``--writers`` the sealed writers are run: neither cues nor weights nor thresholds were ever chosen on
them.  ``--train`` first trains without the writers that are then measured.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.gold import SEALED, GoldPaper, papers
from pipeline.evaluating.evaluate import Cell, Column, column
from pipeline.evaluating.key import KeyedVerdict
from pipeline.evaluating.measures import Rate
from pipeline.judging.judge import judge
from pipeline.matching.learned import parse_model
from pipeline.matching.match import Matcher
from pipeline.model import Finding, State
from pipeline.rubric import Rubric, built_in

NOTICE = Path(__file__).parents[1] / ".." / "shared" / "notice.txt"


def judged(paper: GoldPaper, matcher: Matcher) -> tuple[Finding, ...]:
    """Return the machine's findings on one gold paper."""
    evidence = matcher.match(paper.sentences, paper.kind)
    return judge(matcher.rubric.needs(paper.kind), evidence, paper.document)


def cells(paper: GoldPaper, findings: Iterable[Finding]) -> list[Cell]:
    """Put the readers' verdicts and the machine's side by side."""
    found = {finding.requirement: finding for finding in findings}
    return [
        Cell(
            paper.id,
            verdict.requirement,
            KeyedVerdict(state=verdict.state, assertion=verdict.voice, level=verdict.level),
            found[verdict.requirement].state,
            int(found[verdict.requirement].level),
            assertion.value if (assertion := found[verdict.requirement].assertion) else None,
        )
        for verdict in paper.verdicts
    ]


def keyword_cells(paper: GoldPaper, rubric: Rubric) -> list[Cell]:
    """Judge as a plain keyword search would: any keyword anywhere is coverage."""
    return [
        Cell(
            paper.id,
            verdict.requirement,
            KeyedVerdict(state=verdict.state, assertion=verdict.voice, level=verdict.level),
            State.COVERED if hit else State.ABSENT,
            2 if hit else 0,
        )
        for verdict in paper.verdicts
        for hit in [any(word in paper.text for word in rubric.by_id[verdict.requirement].keywords)]
    ]


def refound(used: Sequence[GoldPaper], matcher: Matcher) -> Rate:
    """Count the quotes that are found again from their locators."""
    pieces = [(paper, piece) for paper in used for f in judged(paper, matcher) for piece in f.evidence]
    right = sum(paper.document.text_at(piece.locator) == piece.quote for paper, piece in pieces)
    return Rate(right, len(pieces))


def show(columns: Sequence[Column]) -> None:
    """Print the columns side by side."""
    print(f"{'':22}" + "".join(f"{one.name:>46}" for one in columns))
    rows = [
        ("state macro-F1", [f"{one.macro_f1:.3f}" if one.macro_f1 is not None else "—" for one in columns]),
        ("covered precision", [str(one.covered.precision) for one in columns]),
        ("covered recall", [str(one.covered.recall) for one in columns]),
        ("covered F1", [f"{one.covered.f1 or 0:.3f}" for one in columns]),
        *(
            (
                f"F1 {state}",
                [f"{one.by_state[state].f1 or 0:.3f} ({one.by_state[state].true})" for one in columns],
            )
            for state in ("covered", "hollow", "lacking", "absent")
        ),
        ("gap precision", [str(one.gaps.precision) for one in columns]),
        ("gap recall", [str(one.gaps.recall) for one in columns]),
        ("level kappa", [f"{one.level_kappa or 0:.3f}" for one in columns]),
        ("assertion", [str(one.assertions) for one in columns]),
        ("unclear", [str(one.unclear) for one in columns]),
    ]
    for name, values in rows:
        print(f"{name:22}" + "".join(f"{value:>46}" for value in values))


def main() -> None:
    """Run the sealed (or named) writers and print every figure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--writers", help="comma separated; default: the sealed writers")
    options.add_argument("--ablation", action="store_true", help="each part alone beside the whole")
    options.add_argument("--train", action="store_true", help="train anew without the measured writers")
    options.add_argument(
        "--reference", type=Path, default=NOTICE, help="the notice, as an officer would give it"
    )
    given = options.parse_args()
    writers = set(given.writers.split(",")) if given.writers else set(SEALED)
    rubric = built_in()
    everything = list(papers())
    used = [paper for paper in everything if paper.writer in writers]
    model = None
    if given.train:
        from benchmarks.train import learn  # only training needs scikit-learn

        model = parse_model(
            learn(rubric, [paper for paper in everything if paper.writer not in writers | SEALED])
        )
    references = [given.reference.read_text(encoding="utf-8")] if given.reference.exists() else []
    matcher = Matcher(rubric, references, model)
    columns = [column("wuhao", [c for p in used for c in cells(p, judged(p, matcher))])]
    if given.ablation:
        rules = Matcher(rubric, references, use_model=False)
        columns.append(column("rules alone", [c for p in used for c in cells(p, judged(p, rules))]))
    columns.append(column("keywords", [c for p in used for c in keyword_cells(p, rubric)]))
    print(f"{len(used)} papers of {', '.join(sorted(writers))}")
    show(columns)
    print(f"{'quotes found again':22}{refound(used, matcher)!s:>46}")


if __name__ == "__main__":
    main()
