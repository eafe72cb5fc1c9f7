"""What all tests share: the flag that writes expected results anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``pytest --rewrite-cases tests/parse``: then read the diff of tests/cases by eye."""
    parser.addoption(
        "--rewrite-cases", action="store_true", help="write tests/cases/*/*/expected.txt anew"
    )
