"""What this machine has and lacks: one line each, with how to install what is missing."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from extractors.archive import library, sevenzip
from extractors.ocr.available import is_installed

__all__ = ["Check", "checks"]

_PACKAGES = (
    ("python-docx", "docx"),
    ("pdfplumber", "pdfplumber"),
    ("pypdfium2", "pypdfium2"),
    ("lxml", "lxml"),
    ("jieba", "jieba"),
    ("sqlite-utils", "sqlite_utils"),
    ("openpyxl", "openpyxl"),
)
_ENOUGH_DISK = 1024**3


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``advice`` says what to do where it is not all right."""

    name: str
    is_ok: bool
    found: str
    advice: str = ""
    is_needed: bool = True


def checks(folder: Path) -> Iterator[Check]:
    """Look at Python, the parts, SQLite, the disk behind ``folder`` and the optional tools."""
    version = platform.python_version()
    yield Check("Python", sys.version_info >= (3, 11), version, "请安装 Python 3.11 或更新版本")
    for package, module in _PACKAGES:
        yield _package(package, module)
    yield _sqlite()
    yield _disk(folder)
    yield _recognition()
    yield _office()
    yield _unarchiver()


def _package(package: str, module: str) -> Check:
    if importlib.util.find_spec(module) is None:
        return Check(package, is_ok=False, found="没有安装", advice=f"运行：python -m pip install {package}")
    return Check(package, is_ok=True, found=metadata.version(package))


def _sqlite() -> Check:
    has_strict = sqlite3.sqlite_version_info >= (3, 37)
    return Check("SQLite", has_strict, sqlite3.sqlite_version, "版本过旧，请换用 Python 官网的安装包")


def _disk(folder: Path) -> Check:
    place = next(path for path in (folder.resolve(), *folder.resolve().parents) if path.exists())
    free = shutil.disk_usage(place).free
    return Check(
        "磁盘空间", free >= _ENOUGH_DISK, f"{free / 1024**3:.1f} GB 可用", f"请清理 {place} 所在的磁盘"
    )


def _recognition() -> Check:
    advice = "可选：读扫描件和照片要装文字识别，运行：python -m pip install wuhao[ocr]"
    found = "可用" if is_installed() else "没有安装"
    return Check("文字识别", is_installed(), found, advice, is_needed=False)


def _office() -> Check:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    advice = "可选：装 LibreOffice 后可读 .doc、.wps、.rtf（Debian：apt install libreoffice-writer）"
    return Check("LibreOffice", found is not None, found or "没有找到", advice, is_needed=False)


def _unarchiver() -> Check:
    advice = (
        "可选：装 7-Zip 后可解 .rar、.7z（Debian：apt install 7zip 7zip-rar），"
        "或运行：python -m pip install wuhao[archives]"
    )
    program = sevenzip.find_sevenzip()
    found = str(program) if program else "libarchive" if library.is_there() else ""
    return Check("解压 rar、7z", bool(found), found or "没有找到", advice, is_needed=False)
