"""The data files of the site, tracker-api/1: all laws, one version, the provisions of a law.

Floor 4. Plain data for programs that read the site; comparisons are tracker-diff/1. Addresses in
them begin at the root of the site.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from tracker.render.json.documents import problem_data
from tracker.render.json.law import claims_data, ledger_data, version_data, version_facts
from tracker.render.json.past import concordance_data
from tracker.render.pages.story import Story, source_file
from tracker.store.model import Version

try:
    import orjson
except ImportError:  # it comes with what builds the site, and writes the same bytes as `json`
    orjson = None  # type: ignore[assignment]

__all__ = ["compact", "index_data", "law_entry", "laws_document", "provisions_data", "version_file"]

FORMAT: Final = "tracker-api/1"


def compact(document: object) -> bytes:
    """A document as UTF-8 without blanks, ending with a newline: there are many of these files."""
    if orjson is not None:  # in an eighth of the time, which was 4 % of writing a law
        with suppress(TypeError):  # half of a surrogate pair, which it refuses
            return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)
    # No document holds itself, and looking for that takes a tenth of the time.
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return f"{text}\n".encode("utf-8", "surrogatepass")


def _path(story: Story, version: Version) -> str:
    return f"api/{story.record.law_id}/{version.version_id}.json"


def law_entry(story: Story) -> dict[str, Any]:
    """One law in ``api/laws.json``: its facts, its versions and comparisons, and where they lie."""
    record = story.record
    return {
        "law": record.law_id,
        "title": record.title,
        "aliases": list(record.aliases),
        "fictional": record.fictional,
        "jurisdiction": record.jurisdiction or None,
        "issuing_body": record.issuing_body or None,
        "kind": record.kind or None,
        "updated": story.last_day.isoformat() if story.last_day else None,
        "page": f"laws/{story.path()}/",
        "provisions": f"api/{record.law_id}/provisions.json",
        "feed": story.feed,
        "versions": [
            {
                "version": version.version_id,
                "stage": version.stage.value,
                "date": version.day.isoformat() if version.day else None,
                "articles": len(version.law.articles()),
                "page": f"laws/{story.path(version)}/",
                "data": _path(story, version),
            }
            for version in story.versions
        ],
        "diffs": [
            {
                "old": one.old.version_id,
                "new": one.new.version_id,
                "page": f"laws/{one.path}/",
                "data": f"api/{record.law_id}/diffs/{one.slug}.json",
            }
            for one in story.comparisons
        ],
    }


def laws_document(laws: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """``api/laws.json``: all laws by id."""
    return {"format": FORMAT, "laws": sorted(laws, key=lambda law: str(law["law"]))}


def index_data(laws: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """``api/index.json``: what there is and where, for a program that knows nothing yet."""
    days = [law["updated"] for law in laws if law["updated"]]
    return {
        "format": FORMAT,
        "updated": max(days, default=None),
        "laws": len(laws),
        "versions": sum(len(law["versions"]) for law in laws),
        "paths": {
            "laws": "api/laws.json",
            "version": "api/{law}/{version}.json",
            "diff": "api/{law}/diffs/{old}--{new}.json",
            "provisions": "api/{law}/provisions.json",
            "text": "laws/{law}/{version}/text.txt",
            "feed": "laws/feed.xml",
            "law_feed": "laws/{law}/feed.xml",
            "page": "laws/{law}/{version}/",
            "permalink": "laws/{law}/provisions/#{address}@{version}",
            "provision": "laws/{law}/provisions/{id}/",
            "provision_feed": "laws/{law}/provisions/{id}.xml",
        },
    }


def version_file(story: Story, version: Version) -> dict[str, Any]:
    """``api/LAW/VERSION.json``: a version with its text, and everything about its making."""
    page = f"laws/{story.path(version)}/"
    return (
        {"format": FORMAT, "page": page}
        | version_facts(version)
        | {
            "files": {"text": f"{page}text.txt", "source": f"{page}{source_file(version)}"},
            "text": version_data(version)["text"],
            "claims": claims_data(version.claims),
            "problems": [problem_data(one) for one in version.problems],
            "findings": [problem_data(one) for one in story.found(version)],
            "ledger": ledger_data(version.ledger),
        }
    )


def provisions_data(story: Story) -> dict[str, Any]:
    """``api/LAW/provisions.json``: article × version, with the id of each provision."""
    return {"format": FORMAT} | concordance_data(story.record.law_id, story.versions, story.rows)
