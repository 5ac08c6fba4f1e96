"""The files of a paper, as its page lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import template
from django.urls import reverse

from apps.documents.editions import PAPER_LANGUAGES
from apps.documents.models import IssuedDocument
from apps.documents.papers import PaperKind, kinds_of
from apps.documents.renderers import FORMATS
from apps.ui.dates import spoken

register = template.Library()
SHOWN_FORMATS = tuple(name for name in FORMATS if name != "json")


class FileLink(NamedTuple):
    format: str
    url: str
    size: int | None


class Edition(NamedTuple):
    """A language of the paper: its files, or how many places wait for words."""

    language: str
    files: list[FileLink]
    lacking: int = 0


class Issue(NamedTuple):
    """A kind of paper as it stood when it was issued, or as a draft now."""

    kind: PaperKind
    document: IssuedDocument | None
    editions: list[Edition]


@register.inclusion_tag("documents/_files.html", takes_context=True)
def paper_files(context: template.Context, paper: Any) -> dict[str, Any]:
    """List the files of the paper's kinds, and of its earlier issues: two queries."""
    documents = list(IssuedDocument.objects.of(paper).light().prefetch_related("files"))
    current, earlier = [], []
    for kind in kinds_of(paper):
        issues = [document for document in documents if document.kind == kind.name]
        if kind.is_draft(paper):
            if paper.opens_to(context["request"].user):
                current.append(draft(kind, paper))
        elif issues:
            current.append(issued(kind, issues.pop(0)))
        else:
            current.append(draft(kind, paper))
        earlier += [issued(kind, document) for document in issues]
    return {"current": current, "earlier": earlier}


def issued(kind: PaperKind, document: Any) -> Issue:
    sizes = {(file.language, file.format): file.size for file in document.files.all()}
    found = editions(lambda *form: reverse("documents:issued_file", args=(document.pk, *form)), sizes)
    return Issue(
        kind,
        document,
        [each._replace(lacking=len(document.lacking.get(each.language, ()))) for each in found],
    )


def draft(kind: PaperKind, paper: Any) -> Issue:
    """A draft's gaps in translation are told when its file is asked for: to look for them is to write it."""
    return Issue(
        kind, None, editions(lambda *form: reverse("documents:paper_file", args=(kind.name, paper.pk, *form)))
    )


def editions(
    address: Callable[[str, str], str], sizes: dict[tuple[str, str], int] | None = None
) -> list[Edition]:
    """Make the links of every language and format; `address` gives the address of one."""
    return [
        Edition(
            language,
            [
                FileLink(name, address(language, name), (sizes or {}).get((language, name)))
                for name in SHOWN_FORMATS
            ],
        )
        for language in PAPER_LANGUAGES
    ]


@register.filter
def kind_title(kind: PaperKind) -> str:
    """The kind's name in the language of the page; a kind may give it as words of both."""
    if isinstance(kind.title, dict):
        return kind.title[spoken()]
    return str(kind.title or kind.model._meta.verbose_name)
