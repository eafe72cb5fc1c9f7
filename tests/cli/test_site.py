"""`tracker site`: where the built site lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_site_build_prints_where_the_site_lies(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracker.site.build

    monkeypatch.setattr(
        tracker.site.build, "build", lambda workspace, *_: workspace / "site/public"
    )
    ran = run("site", "build", cwd=filled)
    assert ran.code == 0
    assert ran.out.strip() == str(filled / "site" / "public" / "index.html")
