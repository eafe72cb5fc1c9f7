"""What somebody could do to a store behind its back, for the tests that must find it.

Each is a function that is given the root of a store and changes it: one edit, one commit, a history
written anew. `VICTIM` is the version that it is done to.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from tests.long.corrupt_store import TEXT, put
from tracker.law.model import Stage
from tracker.store.versions import Store

VICTIM = "law-b@2002-01-01-draft"
FOLDER = "versions/law-b/2002-01-01-draft"


def git(root: Path, *arguments: str, stdin: bytes | None = None) -> str:
    who = ("-c", "user.name=U", "-c", "user.email=u@localhost", "-c", "core.quotePath=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=root, capture_output=True, check=True, input=stdin
    )
    return done.stdout.decode("utf-8").strip()


def edit(root: Path, name: str, change: Callable[[bytes], bytes], folder: str = FOLDER) -> None:
    path = root / folder / name
    path.write_bytes(change(path.read_bytes()))


def commit(root: Path, *more: str) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "x", *more)


def edited(name: str, old: str, new: str) -> Callable[[Path], None]:
    def tamper(root: Path) -> None:
        edit(root, name, lambda data: data.replace(old.encode(), new.encode()))
        commit(root)

    return tamper


def rewritten(change: Callable[[str, str], str | None]) -> Callable[[Path], None]:
    """Write history anew; `change` is given a commit's subject and message, None leaves it out."""

    def tamper(root: Path) -> None:
        parent: list[str] = []
        for oid in git(root, "rev-list", "--reverse", "HEAD").split():
            message = git(root, "log", "-1", "--format=%B", oid) + "\n"
            new = change(message.split("\n")[0], message)
            if new is not None:
                tree = f"{oid}^{{tree}}"
                args = ["commit-tree", *(x for p in parent for x in ("-p", p)), tree]
                parent = [git(root, *args, stdin=new.encode())]
        git(root, "reset", "-q", "--hard", parent[0])

    return tamper


def of_victim(change: Callable[[str], str | None]) -> Callable[[Path], None]:
    subject = f"ingest {VICTIM.replace('@', ' ')}"
    return rewritten(lambda said, message: change(message) if said == subject else message)


def removed(root: Path) -> None:
    git(root, "rm", "-rq", FOLDER)
    commit(root)


def removed_and_merged_away(root: Path) -> None:
    """A version that a branch added and the merge left out."""
    git(root, "switch", "-q", "-c", "side")
    with Store.open(root) as store:
        put(store, "law-b", 2004)
    git(root, "switch", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-s", "ours", "-m", "merge", "side")


def swapped_source(root: Path) -> None:
    """Another source, and a record that fits it."""
    edit(root, "source.txt", lambda data: data.replace("数据".encode(), "算法".encode()))
    digest = sha256((root / FOLDER / "source.txt").read_bytes()).hexdigest()

    def change(data: bytes) -> bytes:
        meta = json.loads(data)
        meta["source"]["sha256"] = digest
        return dump(meta)

    edit(root, "meta.json", change)
    commit(root)


def dump(meta: dict[str, object]) -> bytes:
    return (json.dumps(meta, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def set_meta(**values: object) -> Callable[[Path], None]:
    def tamper(root: Path) -> None:
        edit(root, "meta.json", lambda data: dump(json.loads(data) | values))
        commit(root)

    return tamper


def replaced(root: Path) -> None:
    old = git(root, "rev-parse", f"HEAD:{FOLDER}/text.txt")
    git(root, "replace", old, git(root, "hash-object", "-w", "--stdin", stdin=b"forged\n"))
    git(root, "pack-refs", "--all")


def grafted(root: Path) -> None:
    (root / ".git/info").mkdir(exist_ok=True)
    tip = git(root, "rev-parse", "HEAD")
    (root / ".git/info/grafts").write_text(f"{tip}\n", encoding="ascii")


def linked(root: Path) -> None:
    path = root / FOLDER / "text.txt"
    path.unlink()
    path.symlink_to("../../law-a/2001-01-01-draft/text.txt")
    commit(root)


def executable(root: Path) -> None:
    (root / FOLDER / "text.txt").chmod(0o755)
    commit(root)


def foreign(root: Path) -> None:
    (root / FOLDER / "extra.txt").touch()
    commit(root)


def impossible_date(root: Path) -> None:
    (root / "versions/law-b/2002-13-45-draft").mkdir()
    (root / "versions/law-b/2002-13-45-draft/text.txt").touch()
    commit(root)


def moved(root: Path) -> None:
    git(root, "mv", FOLDER, "versions/law-b/2002-02-02-draft")
    commit(root)


def renamed_law(root: Path) -> None:
    git(root, "mv", "versions/law-b", "versions/law-c")
    commit(root)


def forged(root: Path) -> None:
    """One more version with fitting hashes and trailers whose text is not what its source says."""
    with Store.open(root) as store:
        last = store.load("law-b", "2003-01-01-draft")
        from tracker.parse.reading import read_source
        from tracker.store.model import Incoming

        law = read_source(TEXT.format(name="算法", count=9).encode(), name="x.txt").law
        store.save(
            Incoming(
                law_id="law-b", stage=Stage.ENACTED, dates=last.dates, law=law,
                source=store.source(last), source_name="来源.txt", source_format="text", sequence=1,
            )
        )  # fmt: skip


def truncated(root: Path) -> None:
    git(root, "reset", "-q", "--hard", "HEAD~3")


def reordered(root: Path) -> None:
    """The last two commits the other way round."""
    one, two = git(root, "rev-parse", "HEAD~1"), git(root, "rev-parse", "HEAD")
    git(root, "reset", "-q", "--hard", "HEAD~2")
    git(root, "cherry-pick", two, one)


def squashed(root: Path) -> None:
    git(root, "reset", "-q", "--soft", "HEAD~4")
    git(root, "commit", "-qm", "tidy")


FORGED = "law-b@2003-01-01-enacted"
TAMPERING: dict[str, tuple[Callable[[Path], None], str, str]] = {
    # what: (how, whom it is named after, the code)
    "a word of the text": (edited("text.txt", "规范", "放宽"), VICTIM, "version-changed"),
    "a byte of the source": (edited("source.txt", "。", "．"), VICTIM, "corrupt-version"),
    "another source, hash adjusted": (swapped_source, VICTIM, "version-changed"),
    "a date in the record": (edited("meta.json", "2002", "2012"), VICTIM, "corrupt-version"),
    "the title in the record": (set_meta(title="别的条例"), VICTIM, "corrupt-version"),
    "a place in the chain": (
        set_meta(chain={"ingest_seq": 7, "previous": None}), VICTIM, "chain-broken",
    ),
    "keys in another order": (
        edited("meta.json", '"canonical"', ' "canonical"'), VICTIM, "corrupt-version",
    ),
    "rubbish in the record": (edited("meta.json", "{", "["), VICTIM, "corrupt-version"),
    "a version deleted": (removed, VICTIM, "version-missing"),
    "a version lost in a merge": (
        removed_and_merged_away, "law-b@2004-01-01-draft", "version-missing",
    ),
    "a version under another id": (moved, VICTIM, "version-missing"),
    "a law under another id": (renamed_law, VICTIM, "version-missing"),
    "a trailer": (
        of_victim(lambda m: m.replace("Ingest-Seq: 2", "Ingest-Seq: 3")), VICTIM, "trailers-differ",
    ),
    "a second trailer": (
        of_victim(lambda m: m + "Chain-SHA256: " + "0" * 64), VICTIM, "trailers-differ",
    ),
    "no trailers": (of_victim(lambda _: "tidy"), "law-b", "no-trailers"),
    "a subject of another version": (
        of_victim(lambda m: m.replace("2002", "2003", 1)), VICTIM, "trailers-differ",
    ),
    "a foreign file": (foreign, VICTIM, "foreign-file"),
    "a folder with an impossible date": (
        impossible_date, "law-b@2002-13-45-draft", "corrupt-version",
    ),
    "a link in place of a file": (linked, VICTIM, "corrupt-version"),
    "a file that can be executed": (executable, VICTIM, "corrupt-version"),
    "a forged version with fitting hashes": (forged, FORGED, "reads-differently"),
    "a replaced object": (replaced, "", "tainted-store"),
    "a graft": (grafted, "", "tainted-store"),
}  # fmt: skip
