"""How long the check of a new draft takes, beside `python -c pass`: one draft, then fifty.

A draft of 100 articles is held against its previous stage, the whole process included; then fifty
such drafts in one run. Both are given in seconds of the processor, which is what passes on a quiet
computer, and as multiples of the bare interpreter; the seconds that passed stand beside them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = 100
DRAFTS = 50
RUNS = 5
LIMIT_ONE, LIMIT_MANY = 2.0, 20.0  # seconds on two cores
_DUTIES = ("编制规划", "建立目录", "公开信息", "组织评估", "接受监督", "保存记录", "提供服务")
_BODIES = ("市人民政府", "市数据主管部门", "区人民政府", "行业协会", "数据处理者", "公共机构")


def draft(seed: int) -> str:
    """A draft of 100 articles; another seed changes some words and moves some numbers."""
    parts = [f"示例市第{seed % 7}号条例（草案）\n\n第一章　总则\n"]
    number = 0
    for place in range(ARTICLES - 1):
        if seed and place % 23 == seed % 23:
            continue
        number += 1
        if place in (20, 50, 80):
            parts.append(f"第{'二三四'[(20, 50, 80).index(place)]}章　第{place}部分\n")
        body = _BODIES[(place * 5) % len(_BODIES)]
        duty = _DUTIES[(place * 3 + (seed if place % 11 == 0 else 0)) % len(_DUTIES)]
        days = "三十" if (place + seed) % 13 else "十五"
        parts.append(
            f"第{_han(number)}条　{body}应当依照本条例第{_han(max(1, number - 1))}条的规定{duty}"
            f"{_han(place + 1)}，并在{days}日内报告；有下列情形之一的，应当说明理由：\n"
            f"（一）第{_han(place + 1)}类事项；\n（二）其他事项。\n违反前款规定的，责令改正。\n"
        )
    parts.append(f"第{_han(number + 1)}条　本条例自2022年1月1日起施行。\n")
    return "\n".join(parts)


def _han(number: int) -> str:
    from tracker.law.numbering import write_numeral

    return write_numeral(number)


def _best(arguments: list[str], runs: int = RUNS) -> tuple[float, float]:
    """The fewest seconds of the processor and of the clock: what others do counts little."""
    best = (float("inf"), float("inf"))
    for _ in range(runs):
        start, used = time.perf_counter(), _used()
        done = subprocess.run([sys.executable, *arguments], capture_output=True, check=False)
        best = (min(best[0], _used() - used), min(best[1], time.perf_counter() - start))
        assert done.returncode in (0, 1), done.stderr.decode()
    return best


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print both and their multiples."""
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder, "old.txt")
        old.write_text(draft(0), encoding="utf-8")
        news = []
        for seed in range(1, DRAFTS + 1):
            path = Path(folder, f"new-{seed}.txt")
            path.write_text(draft(seed), encoding="utf-8")
            news.append(str(path))
        bare = _best(["-c", "pass"])
        check = ["-m", "tracker", "check", "--against", str(old), "--format", "md"]
        one = _best([*check, news[0]])
        many = _best([*check, *news], runs=2)
    print(f"python -c pass     {bare[0]:6.2f} s ({bare[1]:.2f} s passed)")
    for name, took, limit in (("one draft", one, LIMIT_ONE), ("50 drafts", many, LIMIT_MANY)):
        verdict = "within" if took[0] <= limit else "beyond"
        times = took[0] / bare[0]
        print(
            f"{name:18} {took[0]:6.2f} s ({took[1]:.2f} s passed)  "
            f"{times:.0f} times, {verdict} {limit:.0f} s"
        )


if __name__ == "__main__":
    main()
