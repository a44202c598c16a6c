"""The gap reports: what every unit sent, what is there, what is only a slogan, what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pipeline.errors import UsageError, reason
from pipeline.model import Analysis
from pipeline.report.build import campaign_view
from pipeline.report.status import status_lines
from pipeline.report.tally import Share, Tally
from pipeline.report.view import CampaignView
from pipeline.rubric import Rubric

__all__ = ["CampaignView", "Share", "Tally", "campaign_view", "status_lines", "write"]

_WORKBOOK = "汇总表.xlsx"


def write(
    analyses: Sequence[Analysis], rubric: Rubric, output: Path, *, generated: dt.datetime
) -> tuple[Path, ...]:
    """Write the overview, a page for every unit and the workbook; return their paths, the overview first.

    Each file appears whole or not at all: it is written beside its place and then moved there.

    Raises:
        UsageError: a file cannot be written, most often because it is open in WPS or Excel.

    """
    view = campaign_view(analyses, rubric, generated=generated)
    return tuple(_write_all(view, rubric, output))


def _write_all(view: CampaignView, rubric: Rubric, output: Path) -> Iterator[Path]:
    # Loaded here so that commands which only print the status line start quickly.
    from pipeline.report.html import pages
    from pipeline.report.names import page_name
    from pipeline.report.xlsx import save

    for name, page in pages(view, rubric):
        yield _replace(output / name, partial(_save_page, page))
    yield _replace(output / _WORKBOOK, lambda path: save(view, path))
    if view.unknown is None:
        (output / "units" / page_name(None)).unlink(missing_ok=True)


def _save_page(page: str, path: Path) -> None:
    path.write_bytes(page.encode())


def _replace(path: Path, fill: Callable[[Path], object]) -> Path:
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(draft)
        draft.replace(path)
    except OSError as error:
        raise UsageError(
            f"写不进《{path}》（{reason(error)}）。如果它正在 WPS、Excel 或浏览器里打开，请先关闭；"
            "再检查输出文件夹的写入权限和磁盘空间，然后重新运行。"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return path
