"""Packs are joined where there are many, and none goes before the new one holds what it held."""

from __future__ import annotations

import pytest

from tests.store.conftest import objects
from tracker.law.model import Stage

D, E = Stage.DRAFT, Stage.ENACTED


def test_many_packs_are_joined_and_nothing_is_lost(store, arrive, is_sound, monkeypatch):
    monkeypatch.setattr("tracker.store.packs.MANY", 5)
    for day in range(1, 15):
        store.save(arrive(D, f"2000-01-{day:02}", f"{day}。"))
    assert len(list((objects(store.root) / "pack").glob("*.pack"))) <= 6
    assert len(store.versions("shili-data")) == 14
    is_sound(store.root)


@pytest.mark.parametrize("lie", ["exit 0", "cat >/dev/null; exit 0", '"$REAL" "$@" </dev/null'])
def test_packs_are_deleted_only_when_the_new_one_holds_all_of_theirs(  # noqa: PLR0917
    store, arrive, is_sound, monkeypatch, stub_git, lie
):  # fmt: skip
    monkeypatch.setattr("tracker.store.packs.MANY", 3)
    stub_git(f'case "$*" in *pack-objects*) {lie};; *) exec "$REAL" "$@";; esac')
    for day in range(1, 8):
        store.save(arrive(D, f"2000-01-{day:02}", f"{day}。"))
    assert len(store.versions("shili-data")) == 7
    is_sound(store.root)
    stub_git('exec "$REAL" "$@"')
    store.save(arrive(E, "2001-01-01"))
    assert len(list((objects(store.root) / "pack").glob("*.pack"))) == 1
    assert len(store.versions("shili-data")) == 8
    is_sound(store.root)


def test_a_pack_that_somebody_keeps_is_not_joined(store, arrive, is_sound, monkeypatch):
    monkeypatch.setattr("tracker.store.packs.MANY", 3)
    store.save(arrive(D, "1999-01-01"))
    (kept,) = (objects(store.root) / "pack").glob("*.pack")
    kept.with_suffix(".keep").touch()
    for day in range(1, 8):
        store.save(arrive(D, f"2000-01-{day:02}", f"{day}。"))
    assert kept.exists()
    assert len(store.versions("shili-data")) == 8
    is_sound(store.root)
