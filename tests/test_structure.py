"""The house keeps its own rules: imports point one way, files stay rooms of a size."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Each layer may import itself and those before it, never one after it.
LAYERS = (
    ("extractors",),
    ("pipeline.errors", "pipeline.model", "pipeline.dates"),
    ("pipeline.rubric", "pipeline.rubric_mistakes", "pipeline.text", "pipeline.messages"),
    ("pipeline.settings", "pipeline.references"),
    (
        "pipeline.identify",
        "pipeline.matching",
        "pipeline.judging",
        "pipeline.evaluating",
        "pipeline.comparing",
    ),
    ("pipeline.analyse", "pipeline.intake", "pipeline.aside"),
    ("pipeline.store", "pipeline.report", "pipeline.engine"),
    ("pipeline.run", "pipeline.doctor"),
    ("pipeline.review", "pipeline.cli"),
)


def layer_of(module: str) -> int:
    for number, names in enumerate(LAYERS):
        if any(module == name or module.startswith(name + ".") for name in names):
            return number
    raise AssertionError(f"{module} 不在任何一层，请写进 LAYERS")


def modules() -> list[tuple[str, Path]]:
    files = [*ROOT.glob("extractors/**/*.py"), *ROOT.glob("pipeline/**/*.py")]
    named = [(".".join(path.relative_to(ROOT).with_suffix("").parts), path) for path in sorted(files)]
    return [(name.removesuffix(".__init__"), path) for name, path in named if name != "pipeline.__init__"]


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{a.name}" for a in node.names if node.module == "pipeline")
    return {name for name in found if name.split(".")[0] in ("extractors", "pipeline") and name != "pipeline"}


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: str(value).rsplit("/", 1)[-1])
def test_imports_point_one_way(module: str, path: Path) -> None:
    later = {name for name in imported(path) if layer_of(name) > layer_of(module)}

    assert later == set()


def test_no_file_is_past_600_lines() -> None:
    roots = ("extractors", "pipeline", "samples", "tests", "benchmarks")
    files = [path for root in roots for path in (ROOT / root).rglob("*.py")]

    too_long = {str(path) for path in files if len(path.read_text(encoding="utf-8").splitlines()) > 600}

    assert too_long == set()


def test_help_loads_no_heavy_library() -> None:
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom pipeline.cli.main import wuhao\n"
        "assert CliRunner().invoke(wuhao, ['--help']).exit_code == 0\n"
        "heavy = {'jieba', 'pdfplumber', 'pydantic', 'lxml', 'openpyxl', 'sqlite_utils'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
