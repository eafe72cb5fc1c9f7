"""Is one stored version what its record says, and does its source still give its text?

Floor 3. Pure: names, modes and bytes in; problems, and the version's link in the chain out. So it
can be done for many versions on all cores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tracker.law.model import Law, Stage
from tracker.law.problems import Problem, Severity, TrackerError
from tracker.parse import canonical
from tracker.parse.extract.readers import here, way_to
from tracker.parse.reading import read_source
from tracker.store import meta as records
from tracker.store.catalogue import META, NOTE, TEXT
from tracker.store.faults import REPAIR, why_damaged
from tracker.store.names import shown, version_id
from tracker.store.stream import FILE_MODE

__all__ = ["Link", "Sample", "examine"]

_SOURCE: Final = re.compile(r"source\.[a-z0-9]{1,8}", re.ASCII)
_MISSING: Final = "读不出，或者已不在"


@dataclass(frozen=True, slots=True)
class Sample:
    """A version as it lies in the store: for each file its mode, and its bytes (None: unreadable).

    `law_id` and `version_id` are the names of its folders.
    """

    law_id: str
    version_id: str
    files: Mapping[str, tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True)
class Link:
    """A version's place in the chain of its law, computed from its record.

    `previous` is the chain hash it says it follows (None: the first), `trailers` the lines that the
    commit which added it must have.
    """

    law_id: str
    version_id: str
    ingest_seq: int
    previous: str | None
    chain_sha256: str
    trailers: tuple[str, ...]


def examine(sample: Sample) -> tuple[Link | None, tuple[Problem, ...]]:
    """The version's link, None where its record is damaged, and everything that is wrong with it.

    Problems have the codes `corrupt-version`, `foreign-file` and `reads-differently`.
    """
    data = sample.files.get(META, ("", None))[1]
    if data is None:
        return None, (_corrupt(sample, META, _MISSING),)
    try:
        meta = records.read_meta(data)
        link = _link(sample, meta, data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return None, (_corrupt(sample, META, why_damaged(error)),)
    try:
        return link, tuple(_problems(sample, meta, data))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return link, (_corrupt(sample, META, why_damaged(error)),)


def _link(sample: Sample, meta: dict[str, Any], data: bytes) -> Link:
    digest, chain = records.sha256(data), meta["chain"]
    seq, previous = chain["ingest_seq"], chain["previous"]
    if not isinstance(seq, int) or not (previous is None or isinstance(previous, str)):
        raise TypeError("chain")
    return Link(
        law_id=sample.law_id,
        version_id=sample.version_id,
        ingest_seq=seq,
        previous=previous,
        chain_sha256=records.chain(meta, digest),
        trailers=records.trailers(meta, digest),
    )


def _problems(sample: Sample, meta: dict[str, Any], data: bytes) -> Iterator[Problem]:
    if records.dump(meta) != data:
        yield _corrupt(sample, META, "不是写入时的样子（键的次序、重复或空白不同）")
    if (meta["law"], meta["version"]) != (sample.law_id, sample.version_id):
        yield _corrupt(sample, META, f"说它是 {shown(meta['law'])}@{shown(meta['version'])}")
    yield from _names(sample, meta)
    source = _source_name(meta)
    wanted = {TEXT: meta["canonical"]["sha256"], source: meta["source"]["sha256"]}
    if meta["note"] is not None:
        wanted[NOTE] = meta["note"]["sha256"]
    sound = {}
    for name, digest in wanted.items():
        found = sample.files.get(name, ("", None))[1]
        if found is None:
            yield _corrupt(sample, name, _MISSING)
        elif records.sha256(found) != digest:
            yield _corrupt(sample, name, "与 meta.json 里的散列值不符")
        else:
            sound[name] = found
    if source in sound and len(sound[source]) != meta["source"]["size"]:
        yield _corrupt(sample, source, "与 meta.json 里的长度不符")
    if TEXT in sound:
        yield from _text(sample, meta, sound[TEXT], sound.get(source))


def _names(sample: Sample, meta: dict[str, Any]) -> Iterator[Problem]:
    """The id that date and stage make; and nothing in the folder but plain files of ours."""
    day = records.dates_of(meta).legal
    base = version_id(day, Stage(meta["stage"]), ())
    if re.fullmatch(rf"{base}(?:-[1-9][0-9]*)?", sample.version_id) is None:
        yield _corrupt(sample, META, f"其中的日期和阶段应是 {base}")
    known = {META, TEXT, _source_name(meta)} | ({NOTE} if meta["note"] is not None else set())
    for name in sorted(sample.files):
        mode = sample.files[name][0]
        if name not in known:
            yield _problem(sample, "foreign-file", f"多出一个文件：{shown(name)}", "用 git 移走它")
        elif mode != FILE_MODE:
            yield _corrupt(sample, name, f"的模式是 {mode}，应为 {FILE_MODE}")


def _source_name(meta: dict[str, Any]) -> str:
    name = meta["source"]["file"]
    if _SOURCE.fullmatch(name) is None:
        raise ValueError("source.file")
    return str(name)


def _text(
    sample: Sample, meta: dict[str, Any], text: bytes, source: bytes | None
) -> Iterator[Problem]:
    """The canonical text reads and writes back as itself; the source, read again, gives it."""
    same_format = meta["canonical"]["canonicaliser"].split(" ")[0] == canonical.FORMAT
    if not same_format:  # written by another program; its bytes are sound
        return
    missing = _missing_reader(meta)
    again = None if source is None or missing else _again(meta, source, text)
    if source is not None and missing:
        yield _problem(
            sample, "not-read-again", f"来源由 {shown(missing)} 读取，这里没有装，没有再读",
            f"{way_to(missing)}后再核对", Severity.INFO,
        )  # fmt: skip
    elif source is not None and again is None:
        yield _differs(sample, meta)
    try:
        law = canonical.read(text.decode("utf-8"))
    except (TrackerError, UnicodeDecodeError):
        yield _corrupt(sample, TEXT, "不是规范文本")
        return
    if law != again and canonical.write(law).encode("utf-8") != text:
        yield _corrupt(sample, TEXT, "读出再写，与原来不同")
    if law.title != meta["title"]:
        yield _corrupt(sample, META, f"里的标题是 {shown(meta['title'])}，文本的不是")


def _missing_reader(meta: dict[str, Any]) -> str | None:
    """The library that read the source, where it is needed and not installed here."""
    before = meta["source"].get("reader")
    return str(before) if before is not None and here(str(before)) is None else None


def _differs(sample: Sample, meta: dict[str, Any]) -> Problem:
    """That the source gives another text today; a library that reads otherwise is named."""
    said, why = "来源再读一遍，得到的文本与存入的不同", "程序更新后会这样；没有更新过，就"
    before = meta["source"].get("reader")
    if before is not None and before != here(str(before)):
        said += f"：存入时由 {shown(str(before))} 读取，现在是 {here(str(before))}"
        why = "读取它的程序库更新后会这样；"
    hint = f"{why}核对来源与文本，以 --corrects 更正"
    return _problem(sample, "reads-differently", said, hint, Severity.WARNING)


def _again(meta: dict[str, Any], source: bytes, text: bytes) -> Law | None:
    """What reading the source gives today, with the stored title where its own is another; None
    where that is not the text.
    """
    for title in (None, meta["title"]):
        try:
            law: Law = read_source(
                source, name=meta["source"]["name"], title=title, tracked=records.tracked_of(meta)
            ).law
        except TrackerError:
            continue
        if canonical.write(law).encode("utf-8") == text:
            return law
    return None


def _corrupt(sample: Sample, name: str, why: str) -> Problem:
    return _problem(sample, "corrupt-version", f"{name} {why}", REPAIR)


def _problem(
    sample: Sample, code: str, text: str, hint: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(
        code=code, severity=severity, law=sample.law_id, version=sample.version_id,
        message=f"{sample.law_id}@{sample.version_id}：{text}", hint=hint,
    )  # fmt: skip
