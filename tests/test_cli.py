"""The command as a clerk uses it: Chinese words, stable exit codes, results on stdout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import _VERBS, main, wuhao
from pipeline.errors import ExitCode
from pipeline.rubric import built_in

ROOT = Path(__file__).parents[1]
PLAN = """舞阳县工商联“五好”建设工作方案
一、班子建设
7名企业家副主席按月到机关值班，由办公室主任李明排班，6月底前贴出轮值表。
异地商会这一块至今还是空白，没有一家。
舞阳县工商业联合会
2015年6月16日
"""


def run(*arguments: str) -> tuple[int, str, str]:
    """Run the command in this process as the shell would."""
    done = CliRunner().invoke(_Whole(), list(arguments))
    return done.exit_code, done.stdout, done.stderr


class _Whole(type(wuhao)):  # type: ignore[misc]
    """The command with its own error handling, as ``main`` runs it."""

    def __init__(self) -> None:
        super().__init__(verbs=_VERBS)

    def main(self, args: list[str] | None = None, **_: object) -> None:
        main(args)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = tmp_path / "报送件" / "舞阳"
    papers.mkdir(parents=True)
    (papers / "方案.txt").write_text(PLAN, encoding="gb18030")
    return tmp_path / "报送件"


@pytest.fixture
def output(folder: Path, tmp_path: Path) -> Path:
    code, _, errors = run("run", str(folder), "--output", str(tmp_path / "结果"), "--jobs", "0")
    assert (0, "") == (code, errors)
    return tmp_path / "结果"


def test_a_run_leaves_database_pages_and_workbook(output: Path) -> None:
    units = {f"units/{unit.id}.html" for unit in built_in().units}

    found = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}

    assert {"index.html", "wuhao.db", "汇总表.xlsx"} | units <= found


def test_a_second_run_reads_nothing_again(folder: Path, output: Path) -> None:
    _, said, _ = run("run", str(folder), "--output", str(output), "--jobs", "0")

    assert "未重读" in said


def test_status_says_how_each_unit_stands(output: Path) -> None:
    code, said, _ = run("status", "--db", str(output / "wuhao.db"), "--files")

    assert 0 == code
    assert "舞阳县" in said
    assert "舞阳/方案.txt" in said


def test_status_for_programs(output: Path) -> None:
    _, said, _ = run("status", "--db", str(output / "wuhao.db"), "--json")

    assert "舞阳/方案.txt" == json.loads(said)["units"]["wuyang"]["work_plan"]["file"]


def test_explain_shows_words_place_cue_and_reason(output: Path) -> None:
    _, said, _ = run("explain", "方案", "C1.4", "--db", str(output / "wuhao.db"))

    for word in ("具备", "7名企业家副主席按月到机关值班", "第3段", "线索", "口气", "谁“"):
        assert word in said


def test_explain_says_what_to_add_for_a_gap(output: Path) -> None:
    _, said, _ = run("explain", "方案", "C3.4", "--db", str(output / "wuhao.db"))

    assert built_in().by_id["C3.4"].advice in said


def test_export_gives_a_line_for_every_requirement(output: Path) -> None:
    _, said, _ = run("export", "--db", str(output / "wuhao.db"))

    lines = [json.loads(line) for line in said.splitlines()]
    assert 50 == len(lines)
    assert {"舞阳/方案.txt"} == {line["file"] for line in lines}
    assert ["wuyang", "work_plan", "2015-06-16"] == [lines[0][name] for name in ("unit", "kind", "date")]


def test_csv_opens_in_a_chinese_excel(output: Path, tmp_path: Path) -> None:
    target = tmp_path / "结论.csv"

    run("export", "--db", str(output / "wuhao.db"), "--format", "csv", "--to", str(target))

    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_report_is_written_again_without_the_papers(folder: Path, output: Path) -> None:
    (folder / "舞阳" / "方案.txt").unlink()
    (output / "index.html").unlink()

    code, _, _ = run("report", "--db", str(output / "wuhao.db"))

    assert 0 == code
    assert (output / "index.html").exists()


def test_fail_on_gap_has_an_exit_code_of_its_own(folder: Path, output: Path) -> None:
    code, _, _ = run("run", str(folder), "--output", str(output), "--jobs", "0", "--fail-on-gap")

    assert ExitCode.GAPS == code


def test_a_bad_file_needs_a_person_and_stops_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "空.docx").write_bytes(b"")

    code, said, _ = run("run", str(folder), "--output", str(tmp_path / "o"), "--jobs", "0")

    assert ExitCode.NEEDS_PERSON == code
    assert "已处理 3 个文件" in said


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["没有的命令"], "没有“没有的命令”这个命令"),
        (["run"], "缺少参数"),
        (["run", "--没有"], "没有选项"),
        (["run", "不存在的文件夹"], "找不到"),
        (["status", "--db", "不存在.db"], "还没有数据库"),
        (["run", ".", "--rubric", "不存在.yaml"], "打不开"),
        (["run", ".", "--reference", "不存在.docx"], "参照文件打不开"),
    ],
)
def test_wrong_use_is_told_in_chinese(arguments: list[str], word: str, tmp_path: Path) -> None:
    where = ["--output", str(tmp_path / "o")] if arguments[0] == "run" and len(arguments) > 1 else []

    code, said, errors = run(*arguments, *where)

    assert (ExitCode.USAGE, "") == (code, said)
    assert word in errors
    assert "Traceback" not in errors


def test_a_database_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "wuhao.db"
    path.write_bytes(b"not a database, only some text" * 100)

    code, _, errors = run("status", "--db", str(path))

    assert ExitCode.STORE == code
    assert str(path) in errors


def test_an_output_folder_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    blocker = tmp_path / "挡路"
    blocker.write_text("a file, not a folder", encoding="utf-8")

    code, _, errors = run("run", str(folder), "--output", str(blocker / "o"), "--jobs", "0")

    assert code in (ExitCode.STORE, ExitCode.USAGE)
    assert "挡路" in errors


def test_a_rubric_with_a_mistake_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "标准.yaml"
    path.write_text("id: x\ntitel: 写错的键\n", encoding="utf-8")

    code, _, errors = run("rubric", "check", str(path))

    assert ExitCode.USAGE == code
    assert "第2行" in errors


@pytest.mark.parametrize("verb", _VERBS)
def test_every_verb_has_chinese_help_with_an_example(verb: str) -> None:
    code, said, _ = run(verb, "--help")

    assert 0 == code
    assert "用法：" in said
    assert "例：wuhao" in said
    assert "Usage" not in said and "Options" not in said


def test_compare_tells_of_copies_and_other_places(folder: Path, tmp_path: Path) -> None:
    acts = "".join(
        f"第{n}项，由办公室按月走访会员企业，收集用工融资诉求并逐条销号答复。" for n in "一二三四五六七八"
    )
    copied = PLAN.replace("异地商会这一块至今还是空白，没有一家。", f"{acts}推动禹州市工商联工作再上新台阶。")
    (folder / "舞阳" / "方案.txt").write_text(copied, encoding="utf-8")
    other = copied.replace("舞阳县", "临颍县").replace("2015年6月16日", "2015年6月2日")
    (folder / "临颍方案.txt").write_text(other, encoding="utf-8")
    run("run", str(folder), "--output", str(tmp_path / "o"), "--jobs", "0")

    code, said, _ = run("compare", "--db", str(tmp_path / "o" / "wuhao.db"))

    assert 0 == code
    assert "《舞阳/方案.txt》与《临颍方案.txt》相同" in said
    assert "“禹州市”（许昌市）" in said


def test_children_do_the_same_work(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pipeline.cli",
            "run",
            str(folder),
            "--output",
            str(tmp_path / "o"),
            "--jobs",
            "1",
        ],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert "1 正常" in done.stdout
