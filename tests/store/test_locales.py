"""The same source gives the same commit in any locale, also where Python does not speak UTF-8."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CASE = Path(__file__).resolve().parents[1] / "cases" / "example-law" / "1-draft.txt"
ROOT = Path(__file__).resolve().parents[2]
INGEST = """
import locale, sys
from pathlib import Path
from tracker.store.ingest import ingest
from tracker.store.versions import Store
with Store.create(sys.argv[1]) as store:
    done = ingest(store, Path(sys.argv[2]).read_bytes(), name="来源.txt", law_id="law")
    text = store.resolve("law").text
print(done.commit, locale.getpreferredencoding(False), len(text))
"""
# GB18030 itself takes localedef six seconds: it was tried by hand, and GB2312 stands for it.
LOCALES = {"C": "", "POSIX.GB2312": "GB2312", "POSIX.ISO-8859-1": "ISO-8859-1"}


def run(folder: Path, locale: str, path: str) -> list[str]:
    script = folder / "run.py"
    script.write_text(INGEST, encoding="utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": locale, "LOCPATH": path,
           "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}  # fmt: skip
    command = [sys.executable, "-X", "utf8=0", str(script), str(folder / "work"), str(CASE)]
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("ascii").split()


def test_any_locale_gives_the_same_commit(tmp_path):
    if shutil.which("localedef") is None:
        pytest.skip("localedef makes the locales")
    seen = {}
    for locale, encoding in LOCALES.items():
        folder = tmp_path / locale
        folder.mkdir()
        if encoding:
            made = ["localedef", "-i", "POSIX", "-f", encoding, str(folder / locale)]
            if subprocess.run(made, capture_output=True, check=False).returncode > 1:
                pytest.skip(f"the locale {locale} cannot be made here")
        commit, spoken, length = run(folder, locale, str(folder))
        seen[spoken] = (commit, length)
    assert len(seen) == 3  # three encodings, none of them UTF-8
    assert len(set(seen.values())) == 1
