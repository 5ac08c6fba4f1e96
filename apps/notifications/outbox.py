"""Telling people: rows now, in the transaction of the deed; letters after it, sent at least once.

The broker only rings the doorbell: if it is down, or the worker dies, the minute's sweep finds the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import translation

from apps.notifications.models import Notification
from apps.notifications.tasks import ring

SUBJECT_LENGTH = 300

type Words = Mapping[str, str]


class Address(NamedTuple):
    """Somebody without an account, told in the given language."""

    email: str
    language: str


def in_both_languages(words: Callable[[], Any]) -> dict[str, str]:
    """Say the same in Kazakh and in Russian: `in_both_languages(lambda: _("…").format(…))`."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said[language] = str(words())
    return said


def tell(
    recipients: Iterable[Any],
    kind: str,
    *,
    paper: models.Model | None = None,
    subject: Words,
    body: Words | None = None,
    path: str | None = None,
    key: str,
) -> None:
    """Write one message to each recipient (a user or an `Address`), once a `key`, and ring the doorbell.

    Call it inside the transaction of the deed. `path` is the page to open, the paper's own by default.
    """
    if path is None:
        path = paper.get_absolute_url() if paper is not None else ""  # type: ignore[attr-defined]
    body = body or {}
    content_type = ContentType.objects.get_for_model(paper) if paper is not None else None
    rows = [
        Notification(
            **_recipient(recipient),
            kind=kind,
            key=f"{key}:{getattr(recipient, 'pk', recipient.email)}",
            subject_kk=subject["kk"][:SUBJECT_LENGTH],
            subject_ru=subject["ru"][:SUBJECT_LENGTH],
            body_kk=body.get("kk", ""),
            body_ru=body.get("ru", ""),
            content_type=content_type,
            object_id=str(paper.pk) if paper is not None else "",
            path=path,
        )
        for recipient in recipients
        if getattr(recipient, "is_active", True)
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        ring_after_commit()


def tell_of_step(
    deed: Any,
    kind: str,
    people: Iterable[Any],
    subject: Callable[[], Any],
    *,
    body: Words | None = None,
    own: bool = False,
    path: str | None = None,
) -> None:
    """Tell people that a paper took a step, once a version of the paper; its actor only where `own` says so.

    `deed` is the step under way; `kind` names the papers; `subject` is said in each language; `path` is empty
    for people who no longer see the paper.
    """
    paper, step = deed.paper, deed.transition.name
    tell(
        {person for person in people if own or person != deed.actor},
        f"{kind}_{step}",
        paper=paper,
        subject=in_both_languages(subject),
        body=body,
        path=path,
        key=f"{kind}:{paper.pk}:{step}:{paper.version}",
    )


def _recipient(recipient: Any) -> dict[str, Any]:
    if isinstance(recipient, Address):
        return {"address": recipient.email, "language": recipient.language}
    return {"recipient": recipient, "language": recipient.language}


def ring_after_commit() -> None:
    """Ring once a transaction, however many letters it leaves: one ring wakes for all of them."""
    waiting = transaction.get_connection().run_on_commit
    if not any(function is ring for _savepoints, function, _robust in waiting):
        transaction.on_commit(ring)
