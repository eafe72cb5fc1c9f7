"""Serving and installing: what is said before MkDocs runs."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

import jinja2
import pytest

from tracker.law.problems import TrackerError
from tracker.site import build, generator, origin, template

TEMPLATE = Path(template.__file__).parent / "workspace" / "overrides"


def test_a_port_in_use_is_one_error_before_anything_is_written(tmp_path: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        address = f"127.0.0.1:{busy.getsockname()[1]}"
        with pytest.raises(TrackerError) as caught:
            build.serve(tmp_path, address, ready=lambda: pytest.fail("not ready"))
    assert caught.value.code == "port-taken"
    assert address in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_free_port_is_no_error() -> None:
    generator.check_address("127.0.0.1:0")


@pytest.mark.parametrize(
    ("place", "command"),
    [
        ({"url": "file:///src/t", "dir_info": {}}, "pip install '/src/t[site]'"),
        (
            {"url": "file:///src/a%20b", "dir_info": {"editable": True}},
            "pip install -e '/src/a b[site]'",
        ),
        (
            {"url": "https://h.invalid/t", "vcs_info": {"vcs": "git", "requested_revision": "v1"}},
            "pip install 'legislative-tracker[site] @ git+https://h.invalid/t@v1'",
        ),
        (
            {"url": "https://h.invalid/t.whl", "archive_info": {}},
            "pip install 'legislative-tracker[site] @ https://h.invalid/t.whl'",
        ),
    ],
)
def test_the_hint_installs_from_where_the_program_came(
    place: dict[str, object], command: str
) -> None:
    assert origin.install_command(place) == command


def test_without_a_record_the_hint_names_the_source_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: str) -> None:
        raise origin.metadata.PackageNotFoundError

    monkeypatch.setattr(origin.metadata, "distribution", unknown)
    assert "pip install '.[site]'" in origin.how_to_install()


@pytest.mark.parametrize("verbose", [False, True])
def test_the_server_chatters_only_where_it_is_asked_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verbose: bool
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(generator.subprocess, "run", run)
    assert generator.serve(tmp_path, "127.0.0.1:8000", verbose=verbose) == 0
    (command,) = commands
    assert command[-1 if verbose else -2] == "127.0.0.1:8000"
    assert ("--quiet" in command) is not verbose
    assert any("setLogLevel" in word for word in command) is not verbose


def test_the_server_finds_its_configuration_from_wherever_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(command: list[str], *, cwd: Path, **_: object) -> subprocess.CompletedProcess[bytes]:
        monkeypatch.chdir(cwd)
        assert Path(command[command.index("--config-file") + 1]).is_file()
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(generator.subprocess, "run", run)
    assert generator.serve(Path("w"), "127.0.0.1:8000") == 0


@pytest.mark.parametrize(
    ("address", "reloads"),
    [("", False), ("https://law.invalid/", False), ("http://127.0.0.1:8000/", True)],
)
def test_only_pages_served_for_oneself_may_reload_themselves(address: str, reloads: bool) -> None:
    frame = "{% block site_meta %}{% endblock %}{% block content %}{% endblock %}"
    main = (TEMPLATE / "main.html").read_text(encoding="utf-8")
    pages = jinja2.Environment(loader=jinja2.DictLoader({"base.html": frame, "main.html": main}))
    pages.filters["url"] = str
    made = pages.get_template("main.html").render(
        config={"site_url": address, "site_name": "x"}, page={}, pages=[]
    )
    assert ("unsafe-inline" in made) is reloads
    assert "default-src 'none'; script-src 'self'" in made
