"""Train the learned matcher on the gold set: ``python -m benchmarks.train`` (needs scikit-learn).

Writes ``pipeline/matching/models/<rubric>.json``: plain numbers, the hash of what they were trained on, and
nothing else.  Sealed writers are never read here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression

import pipeline.matching
from benchmarks.gold import SEALED, GoldPaper, Label, fingerprint, ordered_units, papers
from pipeline.matching.assertion import AssertionReader
from pipeline.matching.cues import CueBook
from pipeline.matching.features import sentence_features, window_features
from pipeline.matching.learned import LearnedModel, Linear
from pipeline.matching.match import place
from pipeline.matching.tokens import Tokenizer
from pipeline.model import Assertion, Kind
from pipeline.rubric import Rubric, built_in
from pipeline.text import Sentence

TARGET = Path(pipeline.matching.__file__).parent / "models"
LEAST = 0.3  # weights nearer to zero are left out of the file


@dataclass(frozen=True)
class Example:
    """One gold unit with its labels; ``weight`` is less for units written to order."""

    sentence: Sentence
    kind: Kind
    labels: tuple[Label, ...]
    weight: float = 1.0


def examples(used: Iterable[GoldPaper]) -> list[Example]:
    """Return every unit of some papers."""
    return [
        Example(sentence, paper.kind, paper.labels.get(number, ()))
        for paper in used
        for number, sentence in enumerate(paper.sentences, start=1)
    ]


def train(given: Sequence[Example], rubric: Rubric, trained_on: str) -> LearnedModel:
    """Return the three sets of heads: topic, voice, level."""
    topic = _topic(given, [need.id for need in rubric.requirements], Tokenizer(CueBook(rubric).words))
    windows = _windows(given, topic, AssertionReader(rubric.program))
    return LearnedModel(trained_on, topic, _voice(windows), _level(windows))


def _topic(given: Sequence[Example], requirements: Sequence[str], tokenizer: Tokenizer) -> Linear:
    features = [sentence_features(example.sentence, example.kind, tokenizer.cut) for example in given]
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
    return _fit(features, weights, requirements, targets, strength=50.0, least_seen=2, balanced=True)


def _windows(
    given: Sequence[Example], topic: Linear, reader: AssertionReader
) -> list[tuple[frozenset[str], Label, float]]:
    """Return the voice features of every labelled (unit, requirement), located as the matcher locates them."""
    found: list[tuple[frozenset[str], Label, float]] = []
    for example in given:
        for label in example.labels:
            start, end = place(example.sentence, label.requirement, topic)
            reading = reader.read(example.sentence.text, start, end, example.kind)
            window = window_features(example.sentence, start, end, example.kind, reading.assertion)
            found.append((window, label, example.weight))
    return found


def _voice(windows: Sequence[tuple[frozenset[str], Label, float]]) -> Linear:
    features = [window for window, _, _ in windows]
    voices = [voice.value for voice in Assertion]
    everything = list(range(len(windows)))
    targets = [
        (everything, lambda i, voice=voice: windows[i][1].voice.value == voice) for voice in voices
    ]
    return _fit(features, [w for _, _, w in windows], voices, targets, strength=10.0, least_seen=2, balanced=True)


def _level(windows: Sequence[tuple[frozenset[str], Label, float]]) -> Linear:
    own = [item for item in windows if item[1].voice in (Assertion.DONE, Assertion.PLANNED)]
    everything = list(range(len(own)))
    rungs = ["act", "specific", "backed"]
    targets = [
        (everything, lambda i, rung=rung: own[i][1].level >= rung) for rung in range(2, 5)
    ]
    return _fit([f for f, _, _ in own], [w for _, _, w in own], rungs, targets, strength=5.0, least_seen=2, balanced=True)


def _fit(
    features: Sequence[frozenset[str]],
    weights: Sequence[float],
    labels: Sequence[str],
    targets: Sequence[tuple[list[int], Callable[[int], bool]]],
    *,
    strength: float,
    least_seen: int,
    balanced: bool,
) -> Linear:
    """Fit one logistic head per label over tf-idf weighted features of unit length."""
    counter = CountVectorizer(analyzer=lambda found: found, binary=True, min_df=least_seen)
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
        head = LogisticRegression(
            C=strength, solver="liblinear", class_weight="balanced" if balanced else None
        ).fit(matrix[rows], truth, sample_weight=np.array(weights)[rows])
        columns.append(head.coef_[0])
        bias.append(float(head.intercept_[0]))
    table = np.array(columns)
    kept = {
        name: tuple((int(j), round(float(table[j, i]), 2)) for j in np.flatnonzero(np.abs(table[:, i]) > LEAST))
        for name, i in sorted(counter.vocabulary_.items())
    }
    inverse = {name: round(float(scaler.idf_[i]), 3) for name, i in counter.vocabulary_.items()}
    return Linear(tuple(labels), tuple(round(b, 3) for b in bias), kept, inverse)


def dump(model: LearnedModel) -> str:
    """Return the model as JSON with one feature a line, so that a diff can be read."""
    def part(linear: Linear) -> str:
        rows = (
            json.dumps([name, linear.rarity[name], *[x for pair in pairs for x in pair]], ensure_ascii=False, separators=(",", ":"))
            for name, pairs in linear.weights.items()
        )
        return '{"labels":%s,"bias":%s,"weights":[\n%s\n]}' % (
            json.dumps(linear.labels), json.dumps(linear.bias), ",\n".join(rows)
        )
    return '{"trained_on":"%s",\n"topic":%s,\n"voice":%s,\n"level":%s}\n' % (
        model.trained_on, part(model.topic), part(model.voice), part(model.level)
    )


def learn(rubric: Rubric, used: Sequence[GoldPaper]) -> LearnedModel:
    """Train on some papers and on the units written to order by writers who are not held out."""
    ordered = [Example(sentence, kind, labels) for _, kind, sentence, labels in ordered_units()]
    return train([*examples(used), *ordered], rubric, fingerprint(used))


def main() -> None:
    """Train on all but the sealed writers and write the model that ships."""
    rubric = built_in()
    model = learn(rubric, [paper for paper in papers() if paper.writer not in SEALED])
    TARGET.mkdir(exist_ok=True)
    (TARGET / f"{rubric.id}.json").write_text(dump(model), encoding="utf-8")


if __name__ == "__main__":
    main()
