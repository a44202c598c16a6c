"""Makes the model's values quick to send from one process to another.

By default a frozen, slotted dataclass is taken apart and put together field by field in Python, which for a
paper with its evidence takes as long as storing it.  Here each class says once how to build its values.
"""

from __future__ import annotations

import copyreg
import dataclasses
import operator
from collections.abc import Callable

from extractors import document
from pipeline import model

__all__ = ["register"]


def register() -> None:
    """Let all values of the model be pickled as a call of their class; done once in the sending process."""
    for module in (document, model):
        for name in module.__all__:
            value = getattr(module, name)
            if isinstance(value, type) and dataclasses.is_dataclass(value):
                copyreg.pickle(value, _reducer(value))


def _reducer(kind: type) -> Callable[[object], tuple[type, tuple[object, ...]]]:
    names = [one.name for one in dataclasses.fields(kind)]
    values = operator.attrgetter(*names)
    if len(names) == 1:
        return lambda one: (kind, (values(one),))
    return lambda one: (kind, values(one))
