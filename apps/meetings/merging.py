"""Two pages of one meeting: what each changed is kept, and everything else is as it is stored by now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

SHOWN = "shown"


def shown(page: Iterable[forms.BaseForm]) -> str:
    """Say what the forms of a page show, a digest a field, so that one sees later what was changed in it."""
    return json.dumps({field.html_name: _digest(_stored(field)) for form in page for field in form})


def as_sent(page: Iterable[forms.BaseForm]) -> QueryDict:
    """What a browser sends of a page that nobody has touched."""
    data = QueryDict(mutable=True)
    for name, value in ((field.html_name, _stored(field)) for form in page for field in form):
        if value:
            data[name] = value
    return data


def taken_over(page: Iterable[forms.BaseForm], data: QueryDict) -> QueryDict:
    """Return the input with what is stored now wherever the page was left as it was shown.

    `page` are the forms as they are stored now. A question that somebody has added meanwhile, and that the
    page did not have, is taken over too. Without the digests the input stays as it is.
    """
    known = _read(data.get(SHOWN, ""))
    if known is None:
        return data
    merged = data.copy()
    for field in (field for form in page for field in form):
        name = field.html_name
        if name not in known or _digest(data.get(name, "")) == known[name]:
            merged[name] = _stored(field)
            if not merged[name]:
                del merged[name]
    return merged


def without_place(page: Iterable[forms.BaseForm], data: QueryDict) -> list[str]:
    """Texts changed in rows of the page that somebody has removed meanwhile, so that they are not lost."""
    known = _read(data.get(SHOWN, "")) or {}
    places = {field.html_name for form in page for field in form}
    changed = (name for name in known if name not in places and _digest(data.get(name, "")) != known[name])
    return [str(data[name]) for name in changed if data.get(name)]


def _read(text: str) -> dict[str, Any] | None:
    try:
        known = json.loads(text)
    except ValueError:
        return None
    return known if isinstance(known, dict) else None


def _stored(field: forms.BoundField) -> str:
    """What a browser sends of a field that nobody has touched; of an empty one, nothing."""
    widget: Any = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "on" if field.initial else ""
    said = widget.format_value(field.field.prepare_value(field.initial))
    if isinstance(said, list):
        said = next(iter(said), "")
    return str(said or "")


def _digest(text: str) -> str:
    """Shorten a text; how a browser ends its lines does not count."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
