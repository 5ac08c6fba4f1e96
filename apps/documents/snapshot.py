"""A paper as data: its canonical form and fingerprint, its cleaning, and what of it lacks translation."""

import hashlib
import json
import re
import unicodedata
from typing import Any

SCHEMA = 1
LONGEST_QUOTATION = 60
LANGUAGES = ("kk", "ru")
# Controls, halves of surrogate pairs, non-characters and marks that turn the direction of reading: no format
# of a paper may carry them, and PostgreSQL refuses the first of them.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def canonical(snapshot: dict[str, Any]) -> str:
    """Return the snapshot as one UTF-8 JSON text with sorted keys and no spaces."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(snapshot: dict[str, Any]) -> str:
    """Return the sha256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def cleaned(value: Any) -> Any:
    """Return the value with every string in it fit for all formats: composed, printable characters."""
    if isinstance(value, str):
        text = FORBIDDEN.sub("", LINE_ENDS.sub("\n", value))
        return unicodedata.normalize("NFC", text)
    if isinstance(value, dict):
        return {key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def untranslated(snapshot: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Name the places that have words in one language only, under the language in which they are missing.

    A place is named in both languages, since the reader of the message chooses.
    """
    missing: dict[str, list[dict[str, str]]] = {language: [] for language in LANGUAGES}
    for text, place in _texts(snapshot):
        lacking = [language for language in LANGUAGES if not text.get(language, "").strip()]
        if len(lacking) == 1 and "number" not in text:
            missing[lacking[0]].append(place or _quotation(text))
    return missing


def _texts(snapshot: dict[str, Any]) -> Any:
    yield snapshot["title"], None
    for block in snapshot["blocks"]:
        match block["type"]:
            case "heading":
                yield block["text"], None
            case "lines" | "paragraphs":
                yield from ((item, None) for item in block["items"])
            case "facts":
                yield from ((text, None) for pair in block["items"] for text in pair)
            case "signatures":
                yield from ((item[part], None) for item in block["items"] for part in ("position", "name"))
            case "table":
                yield from _table_texts(block)


def _table_texts(block: dict[str, Any]) -> Any:
    headings = [column["heading"] for column in block["columns"]]
    yield from ((heading, None) for heading in headings)
    for group in block["groups"]:
        title = group["title"]
        if title:
            yield title, None
        for number, row in enumerate(group["rows"], start=1):
            for heading, cell in zip(headings, row, strict=True):
                yield cell, _place(title, number, heading)


def _place(title: dict[str, str] | None, number: int, heading: dict[str, str]) -> dict[str, str]:
    kk, ru = f"{number}-жол, «{heading['kk']}»", f"строка {number}, «{heading['ru']}»"
    if title:
        kk, ru = f"{title['kk'].rstrip('*')}, {kk}", f"{title['ru'].rstrip('*')}, {ru}"
    return {"kk": kk, "ru": ru}


def _quotation(text: dict[str, str]) -> dict[str, str]:
    said = " ".join((text.get("kk") or text.get("ru") or "").split())
    quoted = f"«{said[:LONGEST_QUOTATION].rstrip() + '…' if len(said) > LONGEST_QUOTATION else said}»"
    return {"kk": quoted, "ru": quoted}
