"""What a result was made from: the key that alone decides whether it still holds."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from pipeline.settings import Settings

__all__ = ["Key", "package_version"]

_ROOT = Path(__file__).resolve().parents[2]
# These do not change what is read in a paper or said about it; rubrics have a hash of their own.
_NOT_DERIVING = frozenset(
    {"cli", "engine", "evaluating", "report", "review", "rubrics", "store"}
    | {"doctor.py", "errors.py", "intake.py", "messages.py", "run.py"}
)
# A new version of these may read or cut the same bytes in another way.
_LIBRARIES = ("jieba", "lxml", "olefile", "pdfplumber", "pyahocorasick", "pypdfium2", "python-docx")


# Optional parts: once one is there, what could not be read without it is read again.
_OPTIONAL_LIBRARIES = ("libarchive", "onnxruntime", "rapidocr")


@dataclass(frozen=True, slots=True)
class Key:
    """What is behind a result; with the hash of the file it decides what is done again.

    ``means`` stands for the limits and the optional tools.  They only matter for a file that was not read in
    full: one that was would come out the same with more room.
    """

    code: str
    rubric: str
    references: str
    means: str

    @classmethod
    def of(cls, settings: Settings) -> Key:
        """Return the key of what this very program would make now."""
        references = _digest(sorted(settings.references))
        return cls(_code_version(), settings.rubric.hash, references, _digest((settings.limits, _tools())))


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode(errors="surrogatepass")).hexdigest()


def _tools() -> tuple[str, ...]:
    # Here, because they bring readers with them, which other uses of a key do not need.
    from extractors.archive.sevenzip import find_sevenzip
    from extractors.office import find_office

    libraries = (name for name in _OPTIONAL_LIBRARIES if importlib.util.find_spec(name))
    programs = {"office": find_office(), "7z": find_sevenzip()}
    return (*libraries, *(name for name, path in programs.items() if path))


@cache
def _code_version() -> str:
    return _hash_of(path for path in _package_files() if _NOT_DERIVING.isdisjoint(path.parts))


@cache
def package_version() -> str:
    """Hash of the whole program, reports included."""
    return _hash_of(_package_files())


def _package_files() -> Iterator[Path]:
    """Yield the paths of our own code and data, relative to where the packages lie."""
    for package in ("extractors", "pipeline"):
        for path in sorted((_ROOT / package).rglob("*")):
            if path.suffix != ".pyc" and path.is_file():
                yield path.relative_to(_ROOT)


def _hash_of(paths: Iterator[Path]) -> str:
    hasher = hashlib.sha256()
    for library in _LIBRARIES:
        hasher.update(f"{library}={_version(library)}\n".encode())
    for path in paths:
        # Line ends differ between a Windows and a Linux checkout of the same code.
        content = (_ROOT / path).read_bytes().replace(b"\r\n", b"\n")
        hasher.update(f"{path.as_posix()} {len(content)}\n".encode())
        hasher.update(content)
    return hasher.hexdigest()


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"
