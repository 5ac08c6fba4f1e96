"""What a step of a paper does with its words: they are frozen as they stand.

The fingerprint goes into the step's entry of history, which vouches for it from then on.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction

from apps.documents.papers import PaperKind, kinds_of
from apps.documents.snapshot import fingerprint
from apps.documents.tasks import ring


def issue_papers(deed: Any) -> None:
    """Freeze the paper in each kind that this step issues; the files are rendered later, once each."""
    for kind in kinds_of(deed.paper):
        if kind.is_issued_by(deed.transition.name):
            _issue(deed, kind)


def reissue_papers(deed: Any) -> None:
    """Freeze anew what says other words now that the letter's details are known; the earlier issue stays."""
    for kind in kinds_of(deed.paper):
        last = kind.latest(deed.paper)
        if last is None or last.transition != deed.transition.name:
            continue
        if last.sha256 != fingerprint(kind.take(deed.paper)):
            _issue(deed, kind)


def _issue(deed: Any, kind: PaperKind) -> None:
    document = kind.issue(deed.paper, moment=deed.moment, transition=deed.transition.name)
    deed.changes.setdefault("issued", {})[kind.name] = document.sha256
    # A broker that is down is no reason to undo the step: the sweep finds what was not rung.
    transaction.on_commit(partial(ring, document.pk), robust=True)
