"""How the rubric's cues and the learned model are joined into one answer; small, so that it can be tested.

Both answer separately.  The weights were chosen on the tuning writers, never on the sealed ones
(``python -m benchmarks.accuracy --ablation`` prints each part alone and joined).
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.matching.assertion import Reading
from pipeline.matching.learned import sigmoid
from pipeline.model import Assertion

__all__ = ["CUE_ALONE", "confidence", "voice"]

CUE_WEIGHT = 1.5  # log-odds a cue in the sentence adds to the model's
NO_CUE = -0.3  # log-odds that no cue takes away
CUE_ALONE = 0.75  # confidence of a cue without a model
COUNTER_WEIGHT = -1.0
RULE_VOICE = 0.1  # how much of the answer the assertion rules have beside the model


def confidence(log_odds: float | None, cue: float, *, is_countered: bool) -> float:
    """Return how sure we are that a sentence speaks of a requirement.

    Args:
        log_odds: the learned model's score, None where no model ships for the rubric.
        cue: 1 for a cue in the sentence, a part of it for one leaning on the heading, 0 for none.
        is_countered: a counter-cue stands in the sentence.

    """
    if log_odds is None:
        alone = CUE_ALONE * cue
        return alone / 2 if is_countered else alone
    joined = log_odds + (CUE_WEIGHT * cue if cue else NO_CUE)
    return sigmoid(joined + (COUNTER_WEIGHT if is_countered and cue else 0.0))


def voice(reading: Reading, learned: Mapping[Assertion, float] | None) -> tuple[Assertion, float]:
    """Return the likeliest assertion and its share: the rules' reading and the model's chances, mixed.

    The model has seen the rules' reading as one of its features, so little more of them is mixed in.
    Done and planned share what they have between them: which of the two is a smaller question than
    whether the unit acts at all.
    """
    if learned is None:
        return reading.assertion, 1.0
    learned = {assertion: (1 - RULE_VOICE) * share for assertion, share in learned.items()}
    learned[reading.assertion] = learned.get(reading.assertion, 0.0) + RULE_VOICE
    acts = (Assertion.DONE, Assertion.PLANNED)
    act = max(acts, key=lambda assertion: learned.get(assertion, 0.0))
    grouped = {assertion: share for assertion, share in learned.items() if assertion not in acts}
    grouped[act] = sum(learned.get(assertion, 0.0) for assertion in acts)
    best = max(grouped, key=lambda assertion: (grouped[assertion], assertion))
    return best, grouped[best]
