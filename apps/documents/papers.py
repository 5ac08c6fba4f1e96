"""The kinds of paper that the portal issues. Upper apps register theirs when they load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils import timezone

from apps.documents.models import IssuedDocument
from apps.documents.renderers import render
from apps.documents.snapshot import SCHEMA, cleaned, fingerprint, untranslated

if TYPE_CHECKING:
    type Words = Callable[[Any], str]


def is_editable(paper: Any) -> bool:
    return bool(paper.is_editable)


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: whose it is, how it is put into words, and at which steps it is issued.

    `snapshot(paper)` gives `dated`, `orientation`, `title` and `blocks`; the rest is added here.
    `issued_by` names the transitions that issue it where the model has several kinds; empty: each that asks.
    `is_draft(paper)` tells whether the paper may still change, so that an earlier issue is not the paper now.
    `is_listed` kinds are answered by `manage.py papers`, which reads `related` with them.
    """

    name: str
    model: type[Any]
    snapshot: Callable[[Any], dict[str, Any]]
    period: Words
    region: Words
    title: Any = ""
    issued_by: frozenset[str] = frozenset()
    is_draft: Callable[[Any], bool] = is_editable
    is_listed: bool = True
    related: tuple[str, ...] = ()

    def take(self, paper: Any) -> dict[str, Any]:
        """Put the paper as it now stands into words: clean, complete, and free of live objects."""
        snapshot = cleaned(self.snapshot(paper))
        source = {"id": paper.pk, "region": self.region(paper), "period": self.period(paper)}
        return {
            "schema": SCHEMA,
            "kind": self.name,
            "source": source,
            **snapshot,
            "missing": untranslated(snapshot),
        }

    def issue(self, paper: Any, *, moment: datetime | None = None, transition: str = "") -> IssuedDocument:
        """Freeze the paper as it now stands. Nothing is rendered here: that is slow, and can wait."""
        snapshot = self.take(paper)
        return IssuedDocument.objects.create(
            kind=self.name,
            paper=paper,
            transition=transition,
            issued_at=moment or timezone.now(),
            snapshot=snapshot,
            sha256=fingerprint(snapshot),
        )

    def papers(self) -> models.QuerySet[Any]:
        """Return all the papers of the kind, with what their region and period are read from."""
        papers = self.model._default_manager.order_by("pk")
        return papers.select_related(*self.related) if self.related else papers

    def is_issued_by(self, transition: str) -> bool:
        return not self.issued_by or transition in self.issued_by

    def latest(self, paper: Any) -> IssuedDocument | None:
        """Return the issue that is the paper as it stands; None while it may still change."""
        if self.is_draft(paper):
            return None
        return IssuedDocument.objects.light().of(paper).filter(kind=self.name).first()

    def content(self, paper: Any, language: str, file_format: str) -> bytes:
        """Return the bytes of the paper's file: of the issued document where it has one, else of a draft."""
        document = self.latest(paper)
        if document:
            return document.rendered(language, file_format).content()
        return render_draft(paper, self.name, language, file_format)

    def file_name(self, paper: Any, language: str, file_format: str) -> str:
        """«list-110000000-2026-kk.pdf»: what the file is called when it is downloaded."""
        return f"{self.name}-{self.region(paper)}-{self.period(paper)}-{language}.{file_format}"


kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Add a kind of paper; a name stands for one kind only."""
    known = kinds.setdefault(kind.name, kind)
    if known.model is not kind.model:
        raise ImproperlyConfigured(f"The kind of paper {kind.name} is registered twice.")
    kinds[kind.name] = kind
    return kind


def kinds_of(paper: models.Model) -> list[PaperKind]:
    """List the kinds in which this paper is issued."""
    return [kind for kind in kinds.values() if isinstance(paper, kind.model)]


def render_draft(paper: Any, kind: str, language: str, file_format: str) -> bytes:
    """Render the paper from current data, with «Жоба / Проект» in the margin of each page."""
    return render(kinds[kind].take(paper), language, file_format, is_draft=True)
