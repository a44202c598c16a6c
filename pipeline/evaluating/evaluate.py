"""The machine's findings against an answer key, with the plain-keyword baseline beside it.

Figures follow ``answer-key`` in docs/reference.md.  ``unclear`` in the key is left out (no one can read it);
``unclear`` by the machine counts as said but wrong, and its share is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluating.key import AnswerKey, KeyedFile, KeyedVerdict
from pipeline.evaluating.measures import Rate, Scores, kappa, macro_f1, scores
from pipeline.model import Analysis, Finding, State
from pipeline.rubric import Rubric

__all__ = ["Cell", "Column", "Evaluation", "column", "evaluate"]

STATES = tuple(state.value for state in (State.COVERED, State.HOLLOW, State.LACKING, State.ABSENT))


@dataclass(frozen=True, slots=True)
class Cell:
    """One requirement in one paper: what the key says and what was found."""

    file: str
    requirement: str
    key: KeyedVerdict
    state: State
    level: int = 0
    assertion: str | None = None


@dataclass(frozen=True)
class Column:
    """All figures of one way of judging."""

    name: str
    covered: Scores
    by_requirement: Mapping[str, Scores]
    by_state: Mapping[str, Scores]
    macro_f1: float | None
    gaps: Scores
    level_kappa: float | None
    assertions: Rate
    unclear: Rate


@dataclass(frozen=True)
class Evaluation:
    """The machine's column, the baseline's column, and how well intake and quoting did."""

    machine: Column
    baseline: Column
    quotes_found: Rate
    intake: Mapping[str, Rate]
    missing_files: tuple[str, ...]
    cells: tuple[Cell, ...]


def evaluate(
    key: AnswerKey, analyses: Sequence[Analysis], texts: Mapping[str, str], rubric: Rubric, quotes: Rate
) -> Evaluation:
    """Hold analyses against a key.

    Args:
        key: what people found.
        analyses: what the machine found.
        texts: visible text of each file by name, for the baseline.
        rubric: whose keywords the baseline uses.
        quotes: how many stored quotes were found again from their locators.

    """
    by_name = {analysis.name: analysis for analysis in analyses}
    pairs = [(keyed, by_name[keyed.file]) for keyed in key.files if keyed.file in by_name]
    cells = tuple(cell for keyed, analysis in pairs for cell in _cells(keyed, analysis))
    plain = tuple(_baseline(cell, texts.get(cell.file, ""), rubric) for cell in cells)
    return Evaluation(
        machine=column("五好", cells),
        baseline=column("关键词", plain),
        quotes_found=quotes,
        intake=_intake(pairs),
        missing_files=tuple(keyed.file for keyed in key.files if keyed.file not in by_name),
        cells=cells,
    )


def _cells(keyed: KeyedFile, analysis: Analysis) -> list[Cell]:
    found: dict[str, Finding] = {finding.requirement: finding for finding in analysis.findings}
    cells: list[Cell] = []
    for requirement, verdict in keyed.requirements.items():
        if verdict.state in (State.UNCLEAR, State.NOT_APPLICABLE):
            continue
        finding = found.get(requirement)
        if finding is None:
            cells.append(Cell(keyed.file, requirement, verdict, State.UNCLEAR))
        else:
            voice = finding.assertion.value if finding.assertion else None
            cells.append(Cell(keyed.file, requirement, verdict, finding.state, int(finding.level), voice))
    return cells


def _baseline(cell: Cell, text: str, rubric: Rubric) -> Cell:
    """Judge as a plain keyword search would: any keyword anywhere is coverage."""
    need = rubric.by_id.get(cell.requirement)
    hit = need is not None and any(word in text for word in need.keywords)
    state = State.COVERED if hit else State.ABSENT
    return Cell(cell.file, cell.requirement, cell.key, state, 2 if hit else 0)


def column(name: str, cells: Sequence[Cell]) -> Column:
    """Compute every figure over some cells."""
    states = [(cell.key.state.value, cell.state.value) for cell in cells]
    voiced = [cell for cell in cells if cell.key.assertion and cell.assertion]
    requirements = sorted({cell.requirement for cell in cells})
    return Column(
        name=name,
        covered=scores((t == "covered", s == "covered") for t, s in states),
        by_requirement={
            need: scores(
                (cell.key.state is State.COVERED, cell.state is State.COVERED)
                for cell in cells
                if cell.requirement == need
            )
            for need in requirements
        },
        by_state={state: scores((t == state, s == state) for t, s in states) for state in STATES},
        macro_f1=macro_f1(states, STATES),
        gaps=scores((cell.key.state.is_gap, cell.state.is_gap) for cell in cells),
        level_kappa=kappa(
            [(cell.key.level or 0, cell.level) for cell in cells if cell.state is not State.UNCLEAR]
        ),
        assertions=Rate(sum(cell.key.assertion == cell.assertion for cell in voiced), len(voiced)),
        unclear=Rate(sum(cell.state is State.UNCLEAR for cell in cells), len(cells)),
    )


def _intake(pairs: Sequence[tuple[KeyedFile, Analysis]]) -> dict[str, Rate]:
    def rate(right: list[bool]) -> Rate:
        return Rate(sum(right), len(right))

    return {
        "单位": rate([keyed.unit == analysis.identity.unit for keyed, analysis in pairs]),
        "类别": rate([keyed.kind == analysis.identity.kind for keyed, analysis in pairs if keyed.kind]),
        "日期": rate([keyed.date == analysis.identity.date for keyed, analysis in pairs if keyed.date]),
        "结果": rate([keyed.outcome == analysis.outcome for keyed, analysis in pairs if keyed.outcome]),
    }
