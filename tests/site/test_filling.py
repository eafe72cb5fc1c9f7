"""Pages filled by several processes are those that one process fills."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.parse import workers
from tracker.site import filling
from tracker.site.frames import frames_for, read_sheet


def _filled(folder: Path, pages: int) -> dict[str, str]:
    tasks = []
    for number in range(pages):
        source = folder / f"{number}.md"
        source.write_text(f'---\ntitle: "甲{number}"\n---\n\n<p>乙{number}</p>\n', encoding="utf-8")
        sheet = read_sheet(source, f"law-{number}", ())
        tasks.append((sheet, str(source), str(folder / f"{number}.html")))
    frames = frames_for(sheet.form for sheet, _, _ in tasks)
    built = {form: (frame, f"{frame.source}{frame.url}") for form, frame in frames.items()}
    filling.fill_all(built, tasks)
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


def test_several_processes_fill_the_same_pages_as_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    monkeypatch.setattr(workers, "cores", lambda: 1)
    alone = _filled(tmp_path / "one", 7)
    monkeypatch.setattr(workers, "cores", lambda: 3)
    monkeypatch.setattr(filling, "_FEWEST", 1)
    assert _filled(tmp_path / "many", 7) == alone
    assert len(alone) == 7
    assert "<p>乙6</p>" in alone["6.html"]
