"""doc and wps files are read through LibreOffice; without it the way out is named."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parse.extract.word.making import (
    abstract,
    deleted,
    docx,
    inserted,
    lvl,
    num,
    numbered,
    numbering,
    p,
)
from tracker.law.problems import TrackerError
from tracker.parse import canonical
from tracker.parse.document import Tracked
from tracker.parse.extract.readers import here, way_to
from tracker.parse.extract.word import older
from tracker.parse.reading import read_source
from tracker.store.guard import check_words

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
DOC = OLE + "WordDocument".encode("utf-16-le")
OTHER = DOC + bytes(64)
PLAIN = docx(p("某市条例"), p("第一条 为了规范甲，制定本条例。"), p("第二条 甲应当公开。"))
REAL = shutil.which("soffice")

STUB = """\
#!{python}
import sys
from pathlib import Path
if "--version" in sys.argv:
    print("LibreOffice 9.8.7 00(Build:1)")
    raise SystemExit
source = Path(sys.argv[-1])
profile = [one for one in sys.argv if one.startswith("-env:UserInstallation=file:///")]
assert profile and source.parent == Path.cwd() and "convert-to" in " ".join(sys.argv)
{work}
made = Path(sys.argv[sys.argv.index("--outdir") + 1])
made.mkdir()
(made / "source.docx").write_bytes(Path({docx!r}).read_bytes())
"""


def _forget() -> None:
    older.program_version.cache_clear()
    older._last.clear()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    _forget()
    yield
    _forget()


def _stub(folder: Path, monkeypatch: pytest.MonkeyPatch, work: str = "") -> None:
    """A LibreOffice that always makes the same docx, in a PATH of its own."""
    (folder / "made.docx").write_bytes(PLAIN)
    program = folder / "soffice"
    script = STUB.format(python=sys.executable, work=work, docx=str(folder / "made.docx"))
    program.write_text(script, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder) + os.pathsep + os.defpath)


def test_the_text_is_that_of_the_docx_and_the_reader_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stub(tmp_path, monkeypatch)
    document = read_source(DOC, name="draft.doc")
    assert [str(a.number) for a in document.law.articles()] == ["1", "2"]
    assert (document.format, document.reader) == ("word", "LibreOffice/9.8.7")
    assert document.problems[0].code == "converted-source"
    assert "LibreOffice/9.8.7" in document.problems[0].message
    assert here("LibreOffice/7.0") == "LibreOffice/9.8.7"
    check_words(DOC, document, name="draft.doc", title=None)


def test_one_file_is_converted_once_however_often_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = tmp_path / "count"
    _stub(tmp_path, monkeypatch, f"with open({str(count)!r}, 'a') as file: file.write('x')")
    for _ in range(3):
        read_source(DOC, name="draft.doc")
    assert count.read_text() == "x"
    read_source(OTHER, name="draft.doc")
    assert count.read_text() == "xx"


@pytest.mark.parametrize("view", [None, *Tracked])
def test_tracked_changes_of_an_older_file_are_refused_whichever_text_is_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: Tracked | None
) -> None:
    _stub(tmp_path, monkeypatch)
    changed = docx(p("某市条例"), p("第一条 甲", deleted("可以"), inserted("应当"), "公开。"))
    (tmp_path / "made.docx").write_bytes(changed)
    with pytest.raises(TrackerError, match=r"draft\.doc 是旧版 Word 文件，有 2 处修订") as caught:
        read_source(DOC, name="draft.doc", tracked=view)
    assert caught.value.code == "tracked-changes"
    assert "另存为 docx" in caught.value.hint


def test_without_libreoffice_the_way_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(older, "_PLACES", (str(tmp_path),))
    with pytest.raises(TrackerError, match=r"旧版\.doc：是旧版 Word") as caught:
        read_source(DOC, name="旧版.doc")
    assert "另存为 docx" in caught.value.hint
    assert "LibreOffice" in caught.value.hint
    assert here("LibreOffice/7.4") is None
    assert "LibreOffice" in way_to("LibreOffice/7.4")
    assert "legislative-tracker[pdf]" in way_to("pypdfium2/5.0")


def test_a_conversion_that_hangs_is_stopped_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hang = (
        "import subprocess; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    )
    _stub(tmp_path, monkeypatch, hang)
    assert older.program_version() == "LibreOffice/9.8.7"
    monkeypatch.setattr(older, "SECONDS", 0.5)
    with pytest.raises(TrackerError, match="还没有转换完"):
        read_source(DOC, name="draft.doc")


def test_a_conversion_that_makes_nothing_is_an_error_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stub(tmp_path, monkeypatch, "raise SystemExit")
    with pytest.raises(TrackerError, match="LibreOffice 不能转换它"):
        read_source(DOC, name="draft.doc")


@pytest.mark.parametrize(
    ("stream", "said"),
    [("EncryptedPackage", "有密码"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"),
     ("Anything", "不是 Word 文件")],
)  # fmt: skip
def test_other_files_in_the_same_container_are_named(stream: str, said: str) -> None:
    with pytest.raises(TrackerError, match=said):
        read_source(OLE + stream.encode("utf-16-le"), name="a.doc")


needs_office = pytest.mark.skipif(REAL is None, reason="LibreOffice is not installed")


def _as_doc(data: bytes, folder: Path) -> bytes:
    source = folder / "law.docx"
    source.write_bytes(data)
    subprocess.run(
        [str(REAL), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "doc", "--outdir", str(folder), str(source)],
        check=True, capture_output=True,
    )  # fmt: skip
    return (folder / "law.doc").read_bytes()


@needs_office
def test_automatic_numbers_survive_and_tracked_changes_are_refused(tmp_path: Path) -> None:
    lists = numbering(
        abstract(
            0,
            lvl(0, "chineseCounting", "第%1章"),
            lvl(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/>'),
        ),
        num(1, 0),
    )
    number = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    body = [
        p("某市条例"),
        numbered("总则", level=0),
        numbered("为了规范甲，制定本条例。", level=1),
        p("甲", deleted("可以"), inserted("应当"), "公开。", properties=number),
    ]
    data = _as_doc(docx(*body, numbers=lists), tmp_path)
    for view in (None, *Tracked):
        with pytest.raises(TrackerError, match="修订") as caught:
            read_source(data, name="law.doc", tracked=view)
        assert "另存为 docx" in caught.value.hint
    body[-1] = p("甲应当公开。", properties=number)
    law = read_source(_as_doc(docx(*body, numbers=lists), tmp_path), name="law.doc").law
    assert canonical.write(law).splitlines()[2:] == [
        "第一章　总则", "", "第一条　为了规范甲，制定本条例。", "", "第二条　甲应当公开。"
    ]  # fmt: skip
