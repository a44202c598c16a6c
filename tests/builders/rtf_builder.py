"""Rich text papers from the control words under test, Chinese written as Word for Chinese Windows does."""

from __future__ import annotations

_HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0\uc1{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}"
    r"{\f2\fnil\fcharset2 Wingdings;}}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2\outlinelevel1 heading 2;}}"
)


def rtf(body: str) -> bytes:
    """Return a rich text paper in code page 936."""
    return (_HEAD + encoded(body) + "}").encode("ascii")


def encoded(text: str) -> str:
    r"""Return text with every character beyond ASCII as bytes of code page 936: ``\'d6\'d0``."""
    return "".join(sign if sign.isascii() else _bytes(sign) for sign in text)


def numbered(text: str) -> str:
    r"""Return text with every character beyond ASCII by its number: ``\u20013?``."""
    units = [sign.encode("utf-16-le") for sign in text]
    return "".join(
        sign if sign.isascii() else "".join(_code(unit[at : at + 2]) for at in range(0, len(unit), 2))
        for sign, unit in zip(text, units, strict=True)
    )


def row(*cells: str, ends: tuple[int, ...] = (1000, 2000, 3000), flags: tuple[str, ...] = ()) -> str:
    r"""Return a table row; ``flags`` stand before the ``\cellx`` of each cell (``\clvmgf``)."""
    flags = flags + ("",) * len(ends)
    shape = "".join(rf"{flag}\cellx{end}" for flag, end in zip(flags, ends, strict=False))
    return rf"\trowd{shape}\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row\pard "


def _bytes(sign: str) -> str:
    return "".join(rf"\'{byte:02x}" for byte in sign.encode("gb18030"))


def _code(unit: bytes) -> str:
    number = int.from_bytes(unit, "little", signed=True)
    return rf"\u{number}?"
