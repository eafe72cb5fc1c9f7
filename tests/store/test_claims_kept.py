"""What a note says about articles is stored with its version, under a key of its own."""

from __future__ import annotations

import json

from tracker.law.address import Address
from tracker.parse.claims import find_claims
from tracker.store.meta import version_of

NOTE = "说明\n\n一是明确目的（第一条）；二是规定罚则（第一条第一款、第九条）。\n"


def with_note(arrive):
    return arrive(note=NOTE, claims=find_claims(NOTE, arrive().law))


def kept(store, version):
    path = store.root / "versions" / version.law_id / version.version_id / "meta.json"
    return json.loads(path.read_text("utf-8"))


def test_the_claims_of_a_note_are_stored_with_the_version(store, arrive):
    saved = store.save(with_note(arrive)).version
    first, second = kept(store, saved)["claims"]
    assert first == {
        "text": "一是明确目的（第一条）；", "start": 4, "end": 16, "addresses": ["art_1"],
        "missing": [],
    }  # fmt: skip
    assert NOTE[first["start"] : first["end"]] == first["text"]
    assert second["addresses"] == ["art_1__para_1"]  # what exists is kept
    assert [one["code"] for one in second["missing"]] == ["no-such-article"]
    loaded = store.load(saved.law_id, saved.version_id)
    assert loaded.claims == find_claims(NOTE, loaded.law)
    assert loaded.claims[0].articles == (Address.of("art_1"),)


def test_a_version_without_a_note_has_no_claims(store, arrive):
    saved = store.save(arrive()).version
    assert "claims" not in kept(store, saved)
    assert store.load(saved.law_id, saved.version_id).claims == ()


def test_a_record_of_before_there_were_claims_has_its_note_read_again(store, arrive):
    saved = store.save(with_note(arrive)).version
    meta = kept(store, saved)
    del meta["claims"]
    read = version_of(meta, saved.law, saved.text, saved.note, saved.chain_sha256)
    assert read.claims == saved.claims
