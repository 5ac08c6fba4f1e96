"""What was issued stays as it was: the words frozen, each file rendered once, and whole or absent."""

import datetime
import hashlib
import threading
import zipfile
from pathlib import Path

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, connections, transaction
from django.utils import timezone

from apps.documents import models, storage, tasks
from apps.documents.editions import TranslationMissing
from apps.documents.models import IssuedDocument, RenderedFile
from apps.documents.papers import kinds, kinds_of, render_draft
from apps.documents.renderers import FORMATS
from tests.documents.looking import pdf_text
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = datetime.timedelta(days=1)


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount


def files_in(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


# Freezing


@pytest.mark.parametrize("file_format", FORMATS)
def test_issued_paper_is_the_same_bytes_after_its_rows_were_changed_by_sql(issued, file_format):
    before = issued.rendered("kk", file_format).content()
    sql("UPDATE indicators_indicatorlistitem SET regional_kk = 'басқа', baseline = '999'")
    sql("UPDATE indicators_indicatorlist SET year = 1999")
    RenderedFile.objects.all().delete()
    again = IssuedDocument.objects.get().rendered("kk", file_format)
    assert again.content() == before


def test_draft_follows_its_rows(draft):
    """The negative control of the freezing: what is not issued does change."""
    before = render_draft(draft, "list", "kk", "json")
    sql("UPDATE indicators_indicatorlistitem SET regional_kk = 'басқа'")
    assert render_draft(draft, "list", "kk", "json") != before
    assert "Жоба / Проект" in pdf_text(render_draft(draft, "list", "kk", "pdf"))


def test_issued_paper_cannot_be_saved_again(issued):
    with pytest.raises(TypeError, match="never changes"):
        issued.save()


def test_snapshot_names_its_source_and_holds_decimals_as_text(issued, paper):
    snapshot = IssuedDocument.objects.get().snapshot
    assert snapshot["schema"] == 1
    assert snapshot["source"] == {"id": paper.pk, "region": paper.region_id, "period": "2027"}
    table = next(block for block in snapshot["blocks"] if block["type"] == "table")
    assert table["groups"][0]["rows"][0][5] == {"number": "4.2", "kk": "4,2", "ru": "4,2"}


# Rendering once


def test_file_is_rendered_once(issued, monkeypatch):
    first = issued.rendered("ru", "pdf")
    monkeypatch.setattr(models, "render", lambda *_: pytest.fail("rendered twice"))
    second = IssuedDocument.objects.get().rendered("ru", "pdf")
    assert second.pk == first.pk
    assert hashlib.sha256(second.content()).hexdigest() == first.sha256
    assert first.size == len(first.content())


def test_json_of_every_language_is_one_file(issued):
    assert issued.rendered("kk", "json").pk == issued.rendered("ru", "json").pk


def test_file_of_an_earlier_look_stays(issued, monkeypatch):
    first = issued.rendered("kk", "pdf")
    monkeypatch.setattr(models, "TEMPLATE_VERSION", "next")
    assert issued.rendered("kk", "pdf").pk == first.pk
    assert issued.rendered("ru", "pdf").template_version == "next"


def test_lost_file_is_made_anew_with_the_same_bytes(issued):
    file = issued.rendered("kk", "pdf")
    content = file.content()
    Path(file.file.path).unlink()
    again = IssuedDocument.objects.get().rendered("kk", "pdf")
    assert (again.pk, again.content(), again.sha256) == (file.pk, content, file.sha256)


def test_changed_file_is_made_anew(issued):
    file = issued.rendered("kk", "xlsx")
    content = file.content()
    Path(file.file.path).write_bytes(b"PK forged")
    again = IssuedDocument.objects.get().rendered("kk", "xlsx")
    assert (again.pk, again.content(), again.file.name) == (file.pk, content, file.file.name)


def test_changed_snapshot_is_rendered_by_nobody(issued):
    IssuedDocument.objects.update(snapshot=issued.snapshot | {"dated": "2020-01-01"})
    for file_format in FORMATS:
        with pytest.raises(models.PaperDamaged):
            IssuedDocument.objects.get().rendered("kk", file_format)
    assert not RenderedFile.objects.exists()


def test_two_who_render_at_once_leave_one_file(issued, files_folder):
    """Both find nothing and render; the row that came first counts."""
    rival = IssuedDocument.objects.get()
    first = issued._keep("kk", "pdf", b"%PDF the same")
    second = rival._keep("kk", "pdf", b"%PDF the same")
    assert second.pk == first.pk
    assert RenderedFile.objects.count() == 1
    assert [path.name for path in files_in(files_folder)] == [Path(first.file.name).name]


def race(issued, monkeypatch):
    """Four connections find no file, render at the same time, and only then put theirs away."""
    rendered, kept = threading.Barrier(4), []
    render = models.render

    def render_together(*arguments):
        content = render(*arguments)
        rendered.wait(timeout=60)
        return content

    monkeypatch.setattr(models, "render", render_together)

    def ask():
        try:
            kept.append(IssuedDocument.objects.get(pk=issued.pk).rendered("kk", "docx").pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.servers
@pytest.mark.parametrize("constrained", [True, False])
def test_real_connections_leave_one_file(issued, files_folder, monkeypatch, constrained):
    """The negative control takes the constraint away: then each leaves its own."""
    (once,) = RenderedFile._meta.constraints
    if not constrained:
        with connection.schema_editor() as editor:
            editor.remove_constraint(RenderedFile, once)
    try:
        kept = race(issued, monkeypatch)
        files = len(files_in(files_folder))
    finally:
        if not constrained:
            RenderedFile.objects.all().delete()
            with connection.schema_editor() as editor:
                editor.add_constraint(RenderedFile, once)
    assert (len(kept), len(set(kept)), files) == ((4, 1, 1) if constrained else (4, 4, 4))


def test_file_is_whole_or_absent(issued, files_folder, monkeypatch):
    """The power goes off before the file has its name."""

    def no_power(_handle):
        raise OSError("power")

    monkeypatch.setattr(storage.os, "fsync", no_power)
    with pytest.raises(OSError, match="power"):
        issued.rendered("kk", "xlsx")
    assert files_in(files_folder) == []
    assert not RenderedFile.objects.exists()
    monkeypatch.undo()
    assert zipfile.is_zipfile(issued.rendered("kk", "xlsx").file.path)


# Translation


def test_missing_translation_blocks_only_its_language(db):
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper, regional_ru="")
    document = kinds["list"].issue(paper)
    with pytest.raises(TranslationMissing) as missing:
        document.rendered("ru", "pdf")
    assert missing.value.named("ru") == ["строка 1, «Индикатор для региона»"]
    assert document.rendered("kk", "pdf").size
    assert "нет перевода" in pdf_text(document.rendered("kk-ru", "pdf").content())
    assert document.rendered("ru", "json").size


# The task and the sweep


def test_task_renders_the_official_files_and_twice_is_once(issued):
    for _ in range(2):
        tasks.render_document(issued.pk)
    assert sorted(RenderedFile.objects.values_list("language", "format")) == [("kk", "pdf"), ("ru", "pdf")]


def test_sweep_renders_what_was_not_rung_and_nothing_else(issued):
    assert list(IssuedDocument.objects.waiting()) == [issued]
    for _ in range(2):
        tasks.sweep_documents()
        assert RenderedFile.objects.count() == 2
    assert not IssuedDocument.objects.waiting().exists()


def test_paper_without_translation_is_not_waited_for(db):
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper, regional_ru="")
    kinds["list"].issue(paper)
    tasks.sweep_documents()
    assert not IssuedDocument.objects.waiting().exists()
    assert list(RenderedFile.objects.values_list("language", "format")) == [("kk", "pdf")]


def test_one_paper_that_cannot_be_rendered_does_not_hold_up_the_others(paper, issued):
    damaged = kinds["list"].issue(paper)
    snapshot = damaged.snapshot | {"blocks": [{"type": "unknown"}]}
    IssuedDocument.objects.filter(pk=damaged.pk).update(snapshot=snapshot)
    tasks.sweep_documents()
    assert set(RenderedFile.objects.values_list("document", flat=True)) == {issued.pk}


def test_papers_that_cannot_be_rendered_do_not_starve_older_ones(paper, issued):
    """Whether they are newer or older: those that failed come last."""
    for _ in range(tasks.DOCUMENTS_IN_A_RUN):
        kinds["list"].issue(paper)
    damaged = IssuedDocument.objects.exclude(pk=issued.pk)
    damaged.update(snapshot=issued.snapshot | {"blocks": [{"type": "unknown"}]})
    for moment in (issued.issued_at + DAY, issued.issued_at - DAY):
        damaged.update(issued_at=moment, attempts=0)
        RenderedFile.objects.all().delete()
        IssuedDocument.objects.filter(pk=issued.pk).update(attempts=0)
        tasks.sweep_documents()
        tasks.sweep_documents()
        assert set(RenderedFile.objects.values_list("document", flat=True)) == {issued.pk}


def test_sweep_that_is_told_to_end_ends(issued, paper, monkeypatch):
    kinds["list"].issue(paper)
    asked = []

    def told_to_end(document_id):
        asked.append(document_id)
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(tasks, "render_document", told_to_end)
    with pytest.raises(SoftTimeLimitExceeded):
        tasks.sweep_documents()
    assert asked == [issued.pk]
    assert IssuedDocument.objects.get(pk=issued.pk).attempts == 1


def test_sweep_begins_no_paper_after_its_time(issued, monkeypatch):
    monkeypatch.setattr(tasks, "SECONDS_IN_A_RUN", 0)
    tasks.sweep_documents()
    assert not RenderedFile.objects.exists()


# Issuing by a step


class Deed:
    """What an effect is given, without the workflow that this app does not know."""

    def __init__(self, paper, name):
        self.paper, self.transition, self.moment = paper, self, timezone.now()
        self.changes = {}
        self.name = name


def test_step_freezes_each_of_its_kinds_and_rings_after_commit(
    paper, monkeypatch, django_capture_on_commit_callbacks
):
    from apps.documents.effects import issue_papers  # noqa: PLC0415

    rung = []
    monkeypatch.setattr(tasks.doorbell, "ring", lambda _task, document_id: rung.append(document_id))
    with django_capture_on_commit_callbacks(execute=True):
        issue_papers(deed := Deed(paper, "send"))
        assert rung == []
    document = IssuedDocument.objects.get()
    assert (document.kind, document.transition, rung) == ("list", "send", [document.pk])
    assert deed.changes == {"issued": {"list": document.sha256}}


def test_broker_that_is_down_does_not_undo_the_step(paper, monkeypatch, django_capture_on_commit_callbacks):
    from apps.documents.effects import issue_papers  # noqa: PLC0415

    def no_broker(*_arguments, **_options):
        raise ConnectionError

    monkeypatch.setattr(tasks.doorbell, "_silent_until", 0)
    monkeypatch.setattr(tasks.render_document, "apply_async", no_broker)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        issue_papers(Deed(paper, "send"))
    assert IssuedDocument.objects.waiting().count() == 1


def test_kind_is_issued_by_its_own_steps_only():
    letter = kinds["letter"]
    assert letter.is_issued_by("transmit")
    assert not letter.is_issued_by("submit")
    assert {kind.name for kind in kinds_of(letter.model())} == {"report", "letter"}


def test_paper_that_may_change_again_is_a_draft_whatever_was_issued(issued, paper):
    assert kinds["list"].latest(paper) == issued
    paper.status = "returned"
    assert kinds["list"].latest(paper) is None
