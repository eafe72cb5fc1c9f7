"""PDF files made to hang, to fill memory or to break out: each ends in a clean error, and alone."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.parse.printing import Sheet, assembled, printed, written
from tests.parse.test_pdf import HEADINGS, LAW, refusal
from tracker.law.problems import TrackerError
from tracker.parse.extract.pdf import child, run
from tracker.parse.extract.pdf.layout import lay_out
from tracker.parse.extract.pdf.pages import Page, Rule, Scan, Span
from tracker.parse.forms import extract
from tracker.parse.reading import read_source

SEED = 20240501
MUTATIONS = 100

_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_KIDS = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def _page(content: bytes, *, filters: str = "/FlateDecode", font: bytes = _FONT) -> bytes:
    """A file with one page of this content stream."""
    return assembled([
        _CATALOGUE, _KIDS,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> >>",
        f"<< /Length {len(content)} /Filter [{filters}] >>\nstream\n".encode("ascii")
        + content + b"\nendstream",
        font,
    ])  # fmt: skip


def flate_bomb() -> bytes:
    """300 MB of blanks in 300 kB."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 10_000_000) for _ in range(30)) + packer.flush()
    return _page(data)


def double_flate_bomb() -> bytes:
    """The same, packed twice: some kilobytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b"0 0 m " * 2_000_000) for _ in range(20)) + packer.flush()
    return _page(zlib.compress(once, 9), filters="/FlateDecode /FlateDecode")


def three_million_operators() -> bytes:
    return _page(zlib.compress(b"BT /F 12 Tf 9 9 Td (ab) Tj 99 0 Td (c) Tj ET\n" * 600_000, 9))


def drawn_without_end() -> bytes:
    return _page(zlib.compress(b"0 0 9 9 re S q 1 0 0 1 0 0 cm Q\n" * 500_000, 9))


def page_tree_loop() -> bytes:
    return assembled([_CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"])


def deep_page_tree() -> bytes:
    nodes = [
        f"<< /Type /Pages /Kids [{n + 1} 0 R] /Count 1 >>".encode("ascii") for n in range(2, 5000)
    ]
    return assembled([_CATALOGUE, *nodes, b"<< /Type /Page >>"])


def many_pages() -> bytes:
    kids = b" ".join(b"3 0 R" for _ in range(200_000))
    return assembled([
        _CATALOGUE, b"<< /Type /Pages /Kids [" + kids + b"] /Count 200000 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ])  # fmt: skip


def pages_that_are_not_there() -> bytes:
    return assembled([_CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"])


def form_in_itself() -> bytes:
    stream = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 11 /Resources << /XObject "
    stream += b"<< /X 4 0 R >> >> >>\nstream\n/X Do /X Do\nendstream"
    return assembled([
        _CATALOGUE, _KIDS,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R "
        b"/Resources << /XObject << /X 4 0 R >> >> >>", stream,
    ])  # fmt: skip


def huge_font() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(30)) + packer.flush()
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 6 0 R >>"
    body = _page(zlib.compress(b"BT /F 12 Tf (aaaa) Tj ET"), font=font)
    return assembled([
        *_objects(body), b"<< /Type /FontDescriptor /FontName /A /FontFile2 7 0 R >>",
        f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode("ascii")
        + data + b"\nendstream",
    ])  # fmt: skip


def _objects(data: bytes) -> list[bytes]:
    """The bodies of the objects of a file that `assembled` made."""
    parts = data.split(b" 0 obj\n")[1:]
    return [part.split(b"\nendobj\n")[0] for part in parts]


def huge_picture() -> bytes:
    packed = zlib.compress(b"\0" * 1_000_000, 9)
    stream = (
        b"<< /Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    )
    body = _objects(_page(zlib.compress(b"q 9 0 0 9 0 0 cm /X Do Q")))
    body[2] = body[2].replace(b"/X 4 0 R", b"/X 6 0 R")
    return assembled([*body, stream + packed + b"\nendstream"])


def map_of_everything() -> bytes:
    """A ToUnicode map that makes each code a long text."""
    ranges = b"100 beginbfrange <0000> <FFFF> <" + b"4E00" * 500 + b"> endbfrange\n"
    cmap = zlib.compress(ranges * 2000, 9)
    data = written([Sheet().text(90, 700, "甲" * 2000)])
    objects = _objects(data)
    objects[5] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(cmap)
    objects[5] += cmap + b"\nendstream"
    return assembled(objects)


BOMBS = [
    flate_bomb, double_flate_bomb, three_million_operators, drawn_without_end, page_tree_loop,
    deep_page_tree, many_pages, pages_that_are_not_there, form_in_itself, huge_font, huge_picture,
    map_of_everything,
]  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_ends_in_a_clean_error(
    bomb: Callable[[], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a part of the time and the memory that a file may take."""
    monkeypatch.setattr(run, "CPU_SECONDS", 1)
    monkeypatch.setattr(run, "MEMORY", 200 * 1024 * 1024)
    assert re.search("上限|损坏|文字层|超时", refusal(bomb()))


def test_a_file_with_a_password_is_refused() -> None:
    objects = _objects(written(printed(LAW[:4])))
    objects.append(
        b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <"
        + b"5A" * 32 + b"> /U <" + b"A5" * 32 + b"> >>"
    )  # fmt: skip
    identity = f"/Encrypt {len(objects)} 0 R /ID [<00112233> <00112233>]"
    assert "有密码" in refusal(assembled(objects, identity))


def test_a_file_runs_nothing_and_fetches_nothing() -> None:
    acts = (
        "/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/')) >> "
        "/AA << /WC << /S /URI /URI (http://127.0.0.1:9/) >> >> "
        "/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a.exe) /UF (a.exe) "
        "/EF << /F 6 0 R >> >>] >> >>"
    )
    found = extract(written(printed(LAW, headings=HEADINGS), extra=acts), "law.pdf")
    assert ("a.exe", "attached-file") in [(d.text, d.reason) for d in found.dropped]


needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def _in_child(code: str) -> str:
    """What a process says that has given up its rights and then runs this."""
    script = (
        f"import importlib.util as u, sys\ns = u.spec_from_file_location('child', "
        f"{child.__file__!r})\nm = u.module_from_spec(s)\ns.loader.exec_module(m)\n"
        f"import socket, os\nm.give_up_rights(9, {run.MEMORY})\n" + textwrap.dedent(code)
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False, env={}
    )
    return ran.stdout.strip()


@needs_limits
@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/passwd')",
        "open('/tmp/pdf-was-here', 'w')",
        "os.open('.', os.O_RDONLY)",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "os.pipe()",
    ],
)
def test_the_process_can_open_nothing(act: str) -> None:
    code = f"try:\n    {act}\n    print('done')\nexcept OSError as e:\n    print(e.errno)\n"
    assert _in_child(code) == "24"  # EMFILE: no descriptor is left to give


@needs_limits
def test_the_process_gets_no_more_memory_than_it_may() -> None:
    code = f"""
        try:
            bytearray({2 * run.MEMORY})
            print("had")
        except MemoryError:
            print("none")
    """
    assert _in_child(code) == ("none" if sys.platform == "linux" else "had")


def test_the_process_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    began = subprocess.Popen

    def begin(*arguments: object, **given: object) -> object:
        seen.append(given["env"])  # type: ignore[arg-type]
        return began(*arguments, **given)  # type: ignore[call-overload]

    monkeypatch.setenv("SECRET_TOKEN", "x")
    monkeypatch.setenv("PYTHONPATH", os.environ.get("PYTHONPATH", ""))
    monkeypatch.setattr(run.subprocess, "Popen", begin)
    extract(written(printed(LAW[:5], number="第{}页，共9页")), "law.pdf")
    assert seen
    assert set(seen[0]) <= {"PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}


def test_a_process_that_does_not_answer_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "SECONDS", 0.3)
    _replace(tmp_path / "child.py", "while True: pass", monkeypatch)
    assert "超时" in refusal(written(printed(LAW[:4], number="{}/8")))


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "print('{')",
        "print('[1]')",
        "",
        'print(\'{"pages": [[]], "files": []}\')',
        "print('{\"pages\": [NaN]}')",
    ],
)
def test_a_process_that_dies_is_an_error_of_its_file(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _replace(tmp_path / "child.py", code, monkeypatch)
    assert refusal(written(printed([*LAW[:4], code])))


def _replace(script: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let other code run in place of the child's."""
    script.write_text(code)
    monkeypatch.setattr(run.child, "__file__", str(script))


def mutated(chance: random.Random, data: bytes) -> bytes:
    """A valid file with bytes changed, cut out, doubled or put in."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(out))
        kind = chance.randrange(6)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.choice((1, 10, 400))]
        elif kind == 2:
            out[at:at] = out[at : at + chance.choice((1, 40, 900))]
        elif kind == 3:
            out[at:at] = bytes(chance.randrange(256) for _ in range(20))
        elif kind == 4:
            digits = [n for n, byte in enumerate(out) if 48 <= byte <= 57]
            out[chance.choice(digits or [0])] = chance.choice(b"0123456789-")
        else:
            del out[at:]
        if not out:
            out = bytearray(data)
    return bytes(out)


def originals() -> list[bytes]:
    """Valid files, their streams packed and not."""
    full = written(printed(LAW, head="示例市公园条例", headings=HEADINGS))
    sheet = Sheet(turn=90).text(100, 60, "第一条　2021年。", matrix=(0, 1, -1, 0)).picture()
    sheet.notes.append("<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (why) >>")
    other = written([sheet.line(9, 9, 200, 9), Sheet().text(90, 700, "第二条　乙。", mode=3)])
    plain = _objects(other)
    bare = assembled([_unpacked(body) for body in plain])
    return [full, other, bare]


def _unpacked(body: bytes) -> bytes:
    if b"/FlateDecode" not in body:
        return body
    data = zlib.decompress(body.split(b"stream\n", 1)[1].removesuffix(b"\nendstream"))
    head = body.split(b"\nstream\n")[0].split(b" /Filter")[0].split(b"/Length")[0]
    more = body.split(b"/FlateDecode", 1)[1].split(b">>\nstream")[0]
    return head + b"/Length %d " % len(data) + more + b">>\nstream\n" + data + b"\nendstream"


@pytest.mark.parametrize("part", range(4))
def test_no_mutation_of_a_file_ends_in_a_traceback(part: int) -> None:
    chance = random.Random(SEED + part)
    sources = originals()
    read, codes = 0, set()
    for _ in range(MUTATIONS // 4):
        data = mutated(chance, chance.choice(sources))
        try:
            read_source(data, name="x.pdf")
            read += 1
        except TrackerError as error:
            codes.add(error.code)
    assert read
    assert codes <= {"unreadable-source", "control-character"}


def test_an_answer_is_the_same_each_time() -> None:
    data = originals()[0]
    assert len({repr(run._read(data, "x")) for _ in range(3)}) == 1


def test_a_page_full_of_lines_and_letters_is_laid_out_in_its_time() -> None:
    """What the process hands over is bounded, and so is what is done with it: 40,000 drawn lines
    and 30,000 spans of a page cost seconds, not minutes; the suite's time limit would show it."""
    chance = random.Random(SEED)
    spans = tuple(
        Span(x := chance.uniform(0, 590), x + 9, chance.uniform(0, 840), 9.0, 0, "甲")
        for _ in range(30_000)
    )
    rules = tuple(
        Rule(x := chance.uniform(0, 590), y := chance.uniform(0, 840), x + 90, y)
        for _ in range(40_000)
    )
    page = Page(1, 595.0, 842.0, spans, rules, 0.0, 0, ())
    few = Page(2, 595.0, 842.0, spans[:9000], rules[:4900], 0.0, 0, ())
    laid = lay_out(Scan((page, few), ()))
    kept = [*(one.text for one in laid.paragraphs), *(one.text for one in laid.dropped)]
    assert sum(text.count("甲") for text in kept) == 39_000
