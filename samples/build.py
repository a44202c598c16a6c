"""Builds the sample submissions and the answer key: ``python -m samples.build``."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from samples import key, portable, word

__all__ = ["SUBMISSIONS", "build", "main"]

_HERE = Path(__file__).parent
SUBMISSIONS = _HERE / "submissions"
_WRITERS = {".docx": word.write, ".pdf": portable.write}


def build(target: Path) -> Iterator[Path]:
    """Write every paper of the campaign under a folder and yield its path."""
    for entry in key.entries():
        path = target / entry.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_WRITERS[path.suffix](key.paper_of(entry.text)))
        yield path


def main() -> None:
    """Build the folder anew and say what is in it."""
    shutil.rmtree(SUBMISSIONS, ignore_errors=True)
    built = list(build(SUBMISSIONS))
    (_HERE / "answer-key.json").write_text(key.render(), encoding="utf-8")
    print(f"样例报送件 {len(built)} 份：{SUBMISSIONS}")


if __name__ == "__main__":
    main()
