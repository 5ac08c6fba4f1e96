"""The command that verifies the history finds papers and files that are not what the history says."""

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.documents.effects import issue_papers
from apps.documents.models import IssuedDocument, RenderedFile
from apps.documents.snapshot import fingerprint
from apps.workflow import audit
from apps.workflow.workflow import Deed, Transition
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def issue(paper):
    """Take a step that issues the paper, and write it down as the workflow does."""
    step = Transition("send", "", sources=(), target=None, permission="")
    deed = Deed(paper, step, None, moment=paper.status_since)
    issue_papers(deed)
    audit.record(paper, None, "send", to_state=paper.status, changes=deed.changes)


@pytest.fixture
def sent():
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper)
    for _ in range(2):  # sent, returned and sent again with the same words
        issue(paper)
    return paper


def faults():
    out = StringIO()
    with suppress(SystemExit):
        call_command("verify_audit", "--json", stdout=out)
    return [(fault["chain"].split()[-1], fault["kind"]) for fault in json.loads(out.getvalue())["faults"]]


def test_papers_as_they_were_issued_have_no_fault(sent):
    IssuedDocument.objects.first().rendered("kk", "xlsx")
    assert faults() == []


def test_changed_words_are_found(sent):
    document = IssuedDocument.objects.first()
    IssuedDocument.objects.filter(pk=document.pk).update(snapshot=document.snapshot | {"dated": "2020-01-01"})
    assert faults() == [(str(document.pk), "snapshot_changed")]


def test_words_changed_with_their_fingerprint_are_found(sent):
    document = IssuedDocument.objects.first()
    forged = document.snapshot | {"dated": "2020-01-01"}
    IssuedDocument.objects.filter(pk=document.pk).update(snapshot=forged, sha256=fingerprint(forged))
    assert faults() == [(str(document.pk), "snapshot_unknown"), ("list", "snapshot_lost")]


def test_removed_paper_is_found(sent):
    IssuedDocument.objects.first().delete()
    assert faults() == [("list", "snapshot_lost")]


def test_changed_file_is_found_and_a_lost_one_is_none(sent):
    document = IssuedDocument.objects.first()
    changed, lost = document.rendered("kk", "xlsx"), document.rendered("kk", "docx")
    Path(changed.file.path).write_bytes(b"PK forged")
    Path(lost.file.path).unlink()
    assert RenderedFile.objects.count() == 2
    assert faults() == [(str(changed.pk), "file_changed")]
