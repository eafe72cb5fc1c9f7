"""Many files at once: workers change how long it takes, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run

TEXT = """示例市第{n}号数据条例（草案）
（{year}年{month}月1日公布）

第一条　为了规范第{n}类数据(包括公共数据)处理活动,制定本条例。

第二条　数据处理者应当遵守第九条的规定，建立{words}制度。

第三条　本条例自{year}年12月1日起施行。
"""
COUNT = 60  # more than one group that is stored together


def sources(folder: Path) -> list[str]:
    """Texts of many days; some without a date, two of one day, one that is no text."""
    paths = []
    for n in range(COUNT):
        text = TEXT.format(n=n, year=2000 + n // 12, month=n % 12 + 1, words="安全" * (n % 5))
        if n % 17 == 5:
            text = text.replace("（草案）", "").replace("（20", "（第20")
        if n == 40:
            text = text.replace(f"{2000 + n // 12}年{n % 12 + 1}月", "2000年1月")
        path = folder / f"{n}.txt"
        path.write_bytes(text.encode() if n != 30 else b"%PDF-1.7 nothing")
        paths.append(str(path))
    return paths


@pytest.mark.parametrize("more", [(), ("--strict",), ("--dry-run",)], ids=str)
def test_one_worker_and_two_store_the_same_bytes_and_say_the_same(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    files = sources(tmp_path)
    said: list[Ran] = []
    tips = []
    for workers in (1, 2):
        monkeypatch.setattr("tracker.parse.many.cores", lambda count=workers: count)
        place = tmp_path / f"work {workers}"
        run("init", str(place))
        said.append(run("ingest", *files, "--law", "many", *more, cwd=place))
        head = ["git", "-C", str(place), "rev-parse", "HEAD"]
        tips.append(subprocess.run(head, capture_output=True, check=False).stdout)
    assert said[0] == said[1]
    assert tips[0] == tips[1]
    assert said[0].code == 2
    assert "30.txt" in said[0].err
    assert "many@2001-" in said[0].out
