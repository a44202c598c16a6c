"""Milliseconds a file, ours beside the bare cost of opening the same files, in one run on one core.

    python -m benchmarks.speed [FOLDER]

Absolute figures drift with the machine, the ratios are the point.  markitdown is measured beside us
where it is installed.  Each figure is the best of three passes over all files, processor time.
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
from lxml import etree

from extractors import Limits, Source, extract
from pipeline.analyse import Analyst
from pipeline.judging.judge import judge
from pipeline.matching.match import Matcher
from pipeline.rubric import built_in
from pipeline.text import sentences

SAMPLES = Path(__file__).parents[1] / "samples" / "submissions"
PASSES = 3


def best(work: Callable[[Path], object], files: Sequence[Path]) -> float:
    """Return milliseconds a file, best of several passes."""
    times = []
    for _ in range(PASSES):
        started = time.process_time()
        for file in files:
            work(file)
        times.append(time.process_time() - started)
    return min(times) * 1000 / max(len(files), 1)


def bare_docx(path: Path) -> int:
    """Parse word/document.xml and join its text: the floor for docx."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return len("".join(root.itertext()))


def bare_pdf(path: Path) -> int:
    """Read the text of every page: the floor for PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(path.read_bytes()))
    total = 0
    for page in document:
        text = page.get_textpage()
        total += len(text.get_text_bounded())
        text.close()
        page.close()
    document.close()
    return total


def ours(path: Path) -> object:
    """Extract with everything: labels, tables, locators, grades."""
    return extract(Source(path.name, path.read_bytes()), Limits())


def peer() -> Callable[[Path], object] | None:
    """Return markitdown's conversion, or None where it is not installed."""
    try:
        from markitdown import MarkItDown
    except ImportError:
        return None
    converter = MarkItDown()
    return lambda path: converter.convert(str(path))


def main() -> None:
    """Print one line a format and the cost of judging."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".docx", ".pdf"))
    converter = peer()
    for suffix, bare in ((".docx", bare_docx), (".pdf", bare_pdf)):
        chosen = [path for path in files if path.suffix == suffix and has_text(path)]
        own, floor = best(ours, chosen), best(bare, chosen)
        line = f"{suffix:6}{len(chosen):4} files  ours {own:8.2f} ms  bare {floor:8.2f} ms"
        line += f"  ratio {own / floor:6.2f}"
        if converter:
            line += f"  markitdown {best(converter, chosen):8.2f} ms"
        print(line)
    judging(files)


def has_text(path: Path) -> bool:
    """Whether a file is one that can be compared at all."""
    return extract(Source(path.name, path.read_bytes()), Limits()).document is not None


def judging(files: Sequence[Path]) -> None:
    """Print the cost of matching and judging for 4,000 characters, with and without the learned model."""
    rubric = built_in()
    analyst = Analyst(rubric)
    papers = [
        analysis
        for path in files
        if (analysis := analyst.analyse(Source(path.name, path.read_bytes()), Limits())).findings
    ]
    characters = sum(len(one.document.visible_text()) for one in papers if one.document)
    for name, matcher in (("whole", Matcher(rubric)), ("rules alone", Matcher(rubric, use_model=False))):

        def once(number: int, matcher: Matcher = matcher) -> None:
            one = papers[number]
            assert one.document is not None
            found = matcher.match(sentences(one.document), one.identity.kind)
            judge(rubric.needs(one.identity.kind), found, one.document)

        once(0)
        started = time.process_time()
        for number in range(len(papers)):
            once(number)
        spent = (time.process_time() - started) * 1000
        print(f"match and judge, {name:12} {spent / characters * 4000:8.2f} ms per 4,000 characters")


if __name__ == "__main__":
    main()
