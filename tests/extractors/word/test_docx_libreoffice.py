"""Where LibreOffice shows a construct as Word does, it shows the words that are read here."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest

from tests.builders.docx_constructs import CONSTRUCTS, Construct, Office

_SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")
_TEXT = [construct for construct in CONSTRUCTS if construct.office is Office.TEXT]
_PAGE = [construct for construct in CONSTRUCTS if construct.office is Office.PAGE]


def _converted(constructs: Sequence[Construct], target: str, folder: Path) -> Path:
    """Convert papers in one run of LibreOffice with a profile of its own."""
    folder.joinpath("in").mkdir()
    papers = [folder / "in" / f"{number}.docx" for number in range(len(constructs))]
    for paper, construct in zip(papers, constructs, strict=True):
        paper.write_bytes(construct.data)
    profile = f"-env:UserInstallation={folder.joinpath('profile').as_uri()}"
    command = [
        _SOFFICE or "",
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        folder / "out",
        *papers,
    ]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return folder / "out"


@pytest.fixture(scope="module")
def text_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Construct], str]:
    folder = _converted(_TEXT, "txt:Text (encoded):UTF8", tmp_path_factory.mktemp("text"))
    return lambda construct: (folder / f"{_TEXT.index(construct)}.txt").read_text("utf-8-sig")


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Construct], str]:
    folder = _converted(_PAGE, "pdf", tmp_path_factory.mktemp("page"))

    def read(construct: Construct) -> str:
        with pypdfium2.PdfDocument(folder / f"{_PAGE.index(construct)}.pdf") as pages:
            return "".join(page.get_textpage().get_text_range() for page in pages)

    return read


def _bare(shown: str) -> str:
    # Gaps are laid out differently; LibreOffice keeps the two special hyphens as they are.
    return re.sub(r"\s", "", shown).replace("\u2011", "-").replace("\u00ad", "")


@pytest.mark.parametrize("construct", _TEXT, ids=lambda construct: construct.name)
def test_text_export_says_the_same(construct: Construct, text_of: Callable[[Construct], str]) -> None:
    assert _bare(construct.shown) == _bare(text_of(construct))


@pytest.mark.parametrize("construct", _PAGE, ids=lambda construct: construct.name)
def test_page_says_the_same(construct: Construct, page_of: Callable[[Construct], str]) -> None:
    assert _bare(construct.shown) == _bare(page_of(construct))
