"""``make demo``: the main job over the samples, then how well it read them."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.cli.main import wuhao

HERE = Path(__file__).parent
OUTPUT = HERE.parent / "output"


def demo() -> int:
    """Run, then evaluate; files that need a person are part of the samples, so exit code 2 is all right."""
    print("$ wuhao run samples/submissions --reference samples/notice.txt")
    code = wuhao.main(
        ["run", str(HERE / "submissions"), "--reference", str(HERE / "notice.txt"), "--output", str(OUTPUT)],
        prog_name="wuhao",
        standalone_mode=False,
    )
    if code not in (0, 2):
        return int(code or 0)
    print("\n$ wuhao evaluate samples/answer-key.json")
    wuhao.main(
        ["evaluate", str(HERE / "answer-key.json"), "--db", str(OUTPUT / "wuhao.db")],
        prog_name="wuhao",
        standalone_mode=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(demo())
