"""A snapshot and a language in, the bytes of a file out: the same bytes each time."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from apps.documents.editions import Edition
from apps.documents.snapshot import canonical

# Raised when the look of papers changes. Files already rendered stay as they are; only new ones differ.
TEMPLATE_VERSION = "3"
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
FORMATS = tuple(CONTENT_TYPES)


def render(snapshot: dict[str, Any], language: str, file_format: str, *, is_draft: bool = False) -> bytes:
    """Render one file; JSON holds both languages. Raises `TranslationMissing` where words are lacking."""
    if file_format == "json":
        return canonical(snapshot).encode()
    edition = Edition(snapshot, language, is_draft)
    # Loaded when first needed: these libraries take a second that no page and no command should pay.
    renderer = import_module(f"apps.documents.renderers.{file_format}")
    to_bytes: Callable[[Edition], bytes] = renderer.render
    with collector_at_rest():
        return to_bytes(edition)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the collector of cycles from walking a million live objects of a paper again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
