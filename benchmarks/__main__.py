"""Runs every benchmark: each module of this folder that has a `main`, in order of name."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path


def main() -> None:
    """Run those named on the command line, or all; options (--missing) go on to them."""
    wanted = {word for word in sys.argv[1:] if not word.startswith("-")}
    sys.argv = [sys.argv[0], *(word for word in sys.argv[1:] if word.startswith("-"))]
    for found in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if found.name.startswith("_") or (wanted and found.name not in wanted):
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        if not hasattr(module, "main"):
            continue
        print(f"\n== {found.name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        module.main()


if __name__ == "__main__":
    main()
