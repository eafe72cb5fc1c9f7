"""The reference page names every command and option, and none that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tracker.cli.group import COMMANDS, tracker

PAGE = Path(__file__).resolve().parents[2] / "site" / "docs" / "reference" / "cli.md"
SHARED = {"--lang", "--store", "--quiet", "--verbose", "-q", "-v"}
ALWAYS = SHARED | {"--help", "-h", "--version"}


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name: amend parse."""
    for name, command in tracker.commands.items():
        yield name, command
        if isinstance(command, click.Group):
            for below, inner in command.commands.items():
                yield f"{name} {below}", inner


EVERY = dict(_commands())


def _section(name: str) -> str:
    """The text under the heading of a command, up to the next heading of a command."""
    text = PAGE.read_text(encoding="utf-8")
    match = re.search(rf"^#+ tracker {name}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"the page has no section on tracker {name}"
    return match[1]


def _options(command: click.Command) -> set[str]:
    names = {
        name
        for param in command.params
        if isinstance(param, click.Option)
        for name in (*param.opts, *param.secondary_opts)
    }
    return names - ALWAYS


def _named_options(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)(?=[`\s,|\]])", text)) - ALWAYS


@pytest.mark.parametrize("name", EVERY)
def test_every_command_has_a_section_that_names_its_options(name: str) -> None:
    listed = _named_options(
        "\n".join(line for line in _section(name).splitlines() if line.startswith("| `-"))
    )
    assert listed == _options(EVERY[name])


def test_no_section_is_about_a_command_that_does_not_exist() -> None:
    headings = re.findall(r"^#+ tracker (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(EVERY)


def test_shared_options_are_described_once_and_taken_by_every_command() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("### Options of every command") : text.index("### Shell completion")]
    assert set(re.findall(r"`(-[-a-z]+)", table)) >= SHARED
    for name, command in EVERY.items():
        taken = {option for param in command.params for option in param.opts}
        assert taken >= SHARED, name


@pytest.mark.parametrize("name", EVERY)
def test_choices_of_an_option_are_all_on_the_page(name: str) -> None:
    section = _section(name)
    for param in EVERY[name].params:
        if isinstance(param.type, click.Choice) and not param.hidden:  # type: ignore[attr-defined]
            for choice in param.type.choices:
                assert f"`{choice}`" in section, f"{param.opts[0]} {choice}"


@pytest.mark.parametrize("name", EVERY)
def test_help_says_what_a_command_does_and_shows_one_example(name: str) -> None:
    command = EVERY[name]
    assert command.help
    examples = re.findall(r"Example: (tracker .*)", command.help)
    assert len(examples) == 1
    assert examples[0].startswith(f"tracker {name.split(maxsplit=1)[0]}")
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, param.opts


@pytest.mark.parametrize("name", EVERY)
def test_each_section_shows_an_example(name: str) -> None:
    if isinstance(EVERY[name], click.Group):
        return
    assert f"$ tracker {name}" in _section(name)


def test_commands_are_listed_in_the_order_of_the_page() -> None:
    headings = re.findall(r"^## tracker (.+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(COMMANDS)


def test_functions_of_the_python_api_on_the_page_exist() -> None:
    import tracker.api
    from tracker.store.versions import Store

    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("| function |") :]
    rows = [row.split("|")[1:3] for row in table.splitlines() if row.startswith("| ")]
    named = {name for function, _ in rows for name in re.findall(r"`(\w+)\(", function)}
    assert named == set(tracker.api.__all__)
    methods = {name for _, gives in rows for name in re.findall(r"`(\w+)\(", gives)}
    assert methods <= set(dir(Store))
