"""Train the learned matcher on the gold set: ``python -m benchmarks.train`` (needs scikit-learn).

Writes ``pipeline/matching/models/<rubric>.json``: plain numbers, the hash of what they were trained on, and
nothing else.  Sealed writers are never read here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

import pipeline.matching
from benchmarks.gold import SEALED, GoldPaper, Label, fingerprint, ordered_units, papers
from pipeline.matching.assertion import AssertionReader
from pipeline.matching.cues import CueBook
from pipeline.matching.features import around_features, sentence_features, window_features
from pipeline.matching.learned import RUNGS, Linear, parse_linear
from pipeline.matching.match import place
from pipeline.matching.slots import slots
from pipeline.matching.tokens import Tokenizer
from pipeline.model import Assertion, Kind
from pipeline.rubric import Rubric, built_in
from pipeline.text import Sentence

TARGET = Path(pipeline.matching.__file__).parent / "models"
MOST_LABELS = 8  # labels one feature may speak of: a sentence is summed in a fraction of a millisecond
LEAST_SEEN = 2  # units a feature must occur in


@dataclass(frozen=True)
class Example:
    """One gold unit with its labels; ``weight`` is less for units written to order."""

    sentence: Sentence
    kind: Kind
    labels: tuple[Label, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Heads:
    """Fitted heads: per feature its rarity and the labels it speaks for or against."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    terms: Mapping[str, tuple[float, tuple[tuple[int, float], ...]]]

    @property
    def linear(self) -> Linear:
        """The same as the matcher uses them."""
        return parse_linear(json.loads(_as_json(self)))


def examples(used: Iterable[GoldPaper]) -> list[Example]:
    """Return every unit of some papers."""
    return [
        Example(sentence, paper.kind, paper.labels.get(number, ()))
        for paper in used
        for number, sentence in enumerate(paper.sentences, start=1)
    ]


def train(given: Sequence[Example], rubric: Rubric, trained_on: str) -> str:
    """Return both sets of heads (topic, stance) as the text of a model file."""
    topic = _topic(given, [need.id for need in rubric.requirements], Tokenizer(CueBook(rubric).words))
    telling = [_without_lists_of_lacks(example, rubric) for example in given]
    windows = _windows(telling, topic.linear, AssertionReader(rubric.program))
    return dump(trained_on, (topic, _stance(windows)))


def _topic(given: Sequence[Example], requirements: Sequence[str], tokenizer: Tokenizer) -> Heads:
    features = [
        sentence_features(example.sentence, example.kind, tokenizer.cut(example.sentence.text))
        for example in given
    ]
    spoken = [{label.requirement for label in example.labels} for example in given]
    kinds = [example.kind for example in given]
    allowed = {"P": {Kind.WORK_PLAN}, "Z": {Kind.SELF_CHECK}, "C": set(Kind)}
    targets = [
        (
            [i for i, kind in enumerate(kinds) if kind in allowed[need[0]]],
            lambda i, need=need: need in spoken[i],
        )
        for need in requirements
    ]
    weights = [example.weight for example in given]
    return _fit(features, weights, requirements, targets, strength=50.0, least=0.4)


def _without_lists_of_lacks(example: Example, rubric: Rubric) -> Example:
    """Leave out labels of requirements that ask for lacks: what they call done is worded as not done."""
    kept = tuple(label for label in example.labels if not rubric.by_id[label.requirement].is_about_lacks)
    return replace(example, labels=kept)


def _windows(
    given: Sequence[Example], topic: Linear, reader: AssertionReader
) -> list[tuple[frozenset[str], Label, float]]:
    """Return the stance features of every labelled unit, located as the matcher locates them."""
    found: list[tuple[frozenset[str], Label, float]] = []
    for example in given:
        for label in example.labels:
            start, end = place(example.sentence, label.requirement, topic)
            reading = reader.read(example.sentence.text, start, end, example.kind)
            around = around_features(example.sentence, example.kind, slots(example.sentence.text))
            window = around | window_features(example.sentence, start, end, reading.assertion)
            found.append((window, label, example.weight))
    return found


def _stance(windows: Sequence[tuple[frozenset[str], Label, float]]) -> Heads:
    """Fit the five assertions on every window, the level ladder on those where the unit itself acts."""
    everything = list(range(len(windows)))
    acting = [i for i in everything if windows[i][1].voice in (Assertion.DONE, Assertion.PLANNED)]
    targets = [(everything, lambda i, voice=voice: windows[i][1].voice is voice) for voice in Assertion]
    targets += [(acting, lambda i, rung=rung: windows[i][1].level >= rung) for rung in (2, 3, 4)]
    labels = [*(voice.value for voice in Assertion), *RUNGS]
    features, weights = [window for window, _, _ in windows], [weight for _, _, weight in windows]
    return _fit(features, weights, labels, targets, strength=10.0, least=0.1)


def _fit(
    features: Sequence[frozenset[str]],
    weights: Sequence[float],
    labels: Sequence[str],
    targets: Sequence[tuple[list[int], Callable[[int], bool]]],
    *,
    strength: float,
    least: float,
) -> Heads:
    """Fit one logistic head per label over tf-idf weighted features of unit length.

    Weights nearer to zero than ``least`` are left out: they cost time and say nothing.
    """
    counter = CountVectorizer(analyzer=lambda found: found, binary=True, min_df=LEAST_SEEN)
    scaler = TfidfTransformer()
    matrix = scaler.fit_transform(counter.fit_transform(features).astype(np.float64)).tocsr()
    columns: list[np.ndarray] = []
    bias: list[float] = []
    for rows, is_true in targets:
        truth = np.array([is_true(row) for row in rows])
        if truth.all() or not truth.any():
            columns.append(np.zeros(matrix.shape[1]))
            bias.append(6.0 if truth.any() else -6.0)
            continue
        head = LogisticRegression(C=strength, solver="liblinear", class_weight="balanced").fit(
            matrix[rows], truth, sample_weight=np.array(weights)[rows]
        )
        columns.append(head.coef_[0])
        bias.append(float(head.intercept_[0]))
    table = np.array(columns)
    terms = {
        name: (round(float(scaler.idf_[i]), 3), _pairs(table[:, i], least))
        for name, i in sorted(counter.vocabulary_.items())
    }
    return Heads(tuple(labels), tuple(round(b, 3) for b in bias), terms)


def _pairs(weights: np.ndarray, least: float) -> tuple[tuple[int, float], ...]:
    """Return the labels a feature speaks most for or against."""
    strong = np.argsort(-np.abs(weights), kind="stable")[:MOST_LABELS]
    return tuple((int(j), round(float(weights[j]), 2)) for j in sorted(strong) if abs(weights[j]) > least)


def dump(trained_on: str, parts: Sequence[Heads]) -> str:
    """Return a model as JSON with one feature a line, so that a diff can be read."""
    topic, stance = (_as_json(heads) for heads in parts)
    return f'{{"trained_on":"{trained_on}",\n"topic":{topic},\n"stance":{stance}}}\n'


def _as_json(heads: Heads) -> str:
    rows = (
        json.dumps(
            [name, rarity, *(x for pair in pairs for x in pair)], ensure_ascii=False, separators=(",", ":")
        )
        for name, (rarity, pairs) in heads.terms.items()
    )
    labels, bias = json.dumps(heads.labels), json.dumps(heads.bias)
    return f'{{"labels":{labels},"bias":{bias},"weights":[\n' + ",\n".join(rows) + "\n]}"


def learn(rubric: Rubric, used: Sequence[GoldPaper]) -> str:
    """Train on some papers and on the units written to order; return the text of a model file."""
    ordered = [Example(sentence, kind, labels) for _, kind, sentence, labels in ordered_units()]
    return train([*examples(used), *ordered], rubric, fingerprint(used))


def main() -> None:
    """Train on all but the sealed writers and write the model that ships."""
    rubric = built_in()
    content = learn(rubric, [paper for paper in papers() if paper.writer not in SEALED])
    TARGET.mkdir(exist_ok=True)
    (TARGET / f"{rubric.id}.json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
