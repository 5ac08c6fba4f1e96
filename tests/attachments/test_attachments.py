"""A scan is what its content says, is kept whole, and goes only to those who may see its paper."""

import datetime
import hashlib
import io
import json
import os
import re
import time
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from apps.attachments import content, sweeping, tasks
from apps.attachments.content import media_type_of, plain_name
from apps.attachments.forms import UploadForm
from apps.attachments.models import Attachment
from apps.documents.models import IssuedDocument
from sdgportal.celeryconfig import beat_schedule
from tests.factories.people import OrganisationFactory, person
from tests.workflow.paperapp.models import Memo
from tests.workflow.paperapp.workflow import memo_workflow

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def acting(words):
    return b"%PDF-1.7\n1 0 obj<<" + words + b">>endobj\ntrailer<<>>\n%%EOF\n"


def picture(kind, size=(20, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def upload(name, data):
    return ContentFile(data, name=name)


@pytest.fixture
def memo():
    return Memo.objects.create(region_id="110000000", text="On the indicators")


@pytest.fixture
def writer():
    return person("akimat_staff", OrganisationFactory(region__code="110000000"))


@pytest.fixture
def stranger():
    return person("akimat_staff", OrganisationFactory(region__code="150000000"))


@pytest.fixture
def attachment(memo, writer, data_dir):
    return Attachment.objects.attach(memo, upload("Хат № 5.pdf", PDF), purpose="send", user=writer)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("act.pdf", PDF, "application/pdf"),
        ("ACT.PDF", PDF, "application/pdf"),
        ("scan.jpg", picture("JPEG"), "image/jpeg"),
        ("scan.jpeg", picture("JPEG"), "image/jpeg"),
        ("scan.png", picture("PNG"), "image/png"),
    ],
)
def test_scans_are_known_by_their_content(name, data, media_type):
    assert media_type_of(upload(name, data)) == media_type


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("letter.docx", b"PK\x03\x04" + bytes(200), "wrong_type"),
        ("page.html", b"<html><script>alert(1)</script>", "wrong_type"),
        ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        ("program.exe", b"MZ\x90\x00" + bytes(200), "wrong_type"),
        ("no-suffix", bytes(200), "wrong_type"),
        ("program.pdf", b"MZ\x90\x00" + bytes(200), "not_what_it_says"),
        ("page.pdf", b"<html>%PDF-1.7 %%EOF", "not_what_it_says"),
        ("half.pdf", PDF[:20], "not_what_it_says"),
        ("no-object.pdf", b"%PDF-1.7\ntrailer<<>>\n%%EOF\n", "not_what_it_says"),
        ("no-table.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n", "not_what_it_says"),
        ("text.pdf", b"%PDF-1.7\nhello\n%%EOF\n", "not_what_it_says"),
        ("script.pdf", acting(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "acts"),
        ("hidden-script.pdf", acting(b"/OpenAction<</S/#4aava#53cript/JS(app.alert(1))>>"), "acts"),
        ("program.pdf", acting(b"/A<</S/Launch/F(cmd.exe)>>"), "acts"),
        ("carrier.pdf", acting(b"/Type/EmbeddedFile"), "acts"),
        ("picture.pdf", picture("PNG"), "not_what_it_says"),
        ("paper.png", PDF, "not_what_it_says"),
        ("picture.jpg", picture("PNG"), "not_what_it_says"),
        ("half.png", picture("PNG")[:40], "not_what_it_says"),
        ("half.jpg", picture("JPEG")[:30], "not_what_it_says"),
        ("animated.png", b"GIF89a" + bytes(200), "not_what_it_says"),
        ("nothing.pdf", b"", "not_what_it_says"),
    ],
)
def test_what_is_no_scan_is_refused_with_the_reason(name, data, code):
    with pytest.raises(ValidationError) as refused:
        media_type_of(upload(name, data))
    assert refused.value.code == code


def test_size_is_judged_before_the_content_is_read(monkeypatch):
    monkeypatch.setattr(content, "LARGEST", 100)
    assert media_type_of(upload("act.pdf", PDF)) == "application/pdf"
    with pytest.raises(ValidationError) as refused:
        media_type_of(upload("act.pdf", PDF + bytes(100)))
    assert refused.value.code == "too_large"


def test_limit_is_twenty_megabytes():
    assert content.LARGEST == 20 * 1024 * 1024


def test_picture_of_too_many_points_is_refused(monkeypatch):
    monkeypatch.setattr(content, "MOST_PIXELS", 100)
    with pytest.raises(ValidationError):
        media_type_of(upload("scan.png", picture("PNG")))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\scans\\хат.pdf", "хат.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("gnp\u202efdp.pdf", "gnpfdp.pdf"),
        ("х" * 300 + ".pdf", "х" * 196 + ".pdf"),
    ],
)
def test_name_keeps_its_last_part_without_what_is_not_seen(typed, kept):
    assert plain_name(typed) == kept


def test_upload_is_kept_whole_under_a_name_that_says_nothing(attachment):
    assert attachment.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (attachment.name, attachment.size, attachment.media_type) == (
        "Хат № 5.pdf",
        len(PDF),
        "application/pdf",
    )
    assert re.fullmatch(r"attachments/[0-9a-f]{2}/[0-9a-f]{32}", attachment.file.name)
    with attachment.file.open("rb") as stored:
        assert stored.read() == PDF


def test_form_attaches_to_a_paper(memo, writer, data_dir):
    form = UploadForm(files={"file": upload("act.pdf", PDF)})
    assert form.is_valid()
    assert form.save(memo, purpose="act", user=writer).subject == memo


def test_paper_takes_so_many_files_and_no_more(memo, writer, data_dir, monkeypatch):
    monkeypatch.setattr("apps.attachments.models.MOST_FILES", 2)
    for _number in range(2):
        Attachment.objects.attach(memo, upload("act.pdf", PDF), purpose="act", user=writer)
    with pytest.raises(ValidationError) as refused:
        Attachment.objects.attach(memo, upload("act.pdf", PDF), purpose="act", user=writer)
    assert refused.value.code == "too_many"
    other = Memo.objects.create(region_id="110000000", text="Another")
    assert Attachment.objects.attach(other, upload("act.pdf", PDF), purpose="act", user=writer)


def test_step_with_one_scan_too_many_is_refused_at_its_page(memo, writer, data_dir, client, monkeypatch):
    monkeypatch.setattr("apps.attachments.models.MOST_FILES", 1)
    Attachment.objects.attach(memo, upload("act.pdf", PDF), purpose="act", user=writer)
    client.force_login(writer)
    url = reverse("workflow:paper_transition", args=["paperapp.memo", memo.pk, "send"])
    refused = client.post(url, {"expected_version": 1, "scan": upload("act.pdf", PDF)})
    assert refused.status_code == 422
    assert Memo.objects.get().status == "draft"
    assert client.post(url, {"expected_version": 1}).status_code == 302


def test_what_the_portal_s_own_pdf_holds_is_no_action(data_dir):
    from apps.documents.renderers import render  # noqa: PLC0415 - draws a real PDF
    from tests.documents.samples import annex_1  # noqa: PLC0415

    assert media_type_of(upload("paper.pdf", render(annex_1(), "kk", "pdf"))) == "application/pdf"


def test_form_says_what_is_wrong():
    form = UploadForm(files={"file": upload("page.html", b"<html>")})
    assert not form.is_valid()
    assert ".html" in form.errors["file"][0]
    assert "PDF, JPEG, PNG" in form.errors["file"][0]


def test_wrong_content_is_refused_behind_the_form_too(memo, writer):
    with pytest.raises(ValidationError):
        Attachment.objects.attach(memo, upload("act.pdf", b"MZ"), purpose="act", user=writer)


def test_download_is_an_attachment_that_no_browser_runs(attachment, writer, client):
    client.force_login(writer)
    response = client.get(reverse("attachments:attachment_download", args=[attachment.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"]
        == "attachment; filename*=utf-8''%D0%A5%D0%B0%D1%82%20%E2%84%96%205.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


def test_foreign_paper_has_no_files(attachment, stranger, client):
    client.force_login(stranger)
    response = client.get(reverse("attachments:attachment_download", args=[attachment.pk]))
    missing = client.get(reverse("attachments:attachment_download", args=[attachment.pk + 1]))
    assert (response.status_code, missing.status_code) == (404, 404)


def test_download_asks_to_sign_in(attachment, client):
    assert "next=" in client.get(reverse("attachments:attachment_download", args=[attachment.pk]))["Location"]


def test_sweep_removes_only_old_files_that_no_row_names(attachment, memo, writer, data_dir):
    with transaction.atomic():
        undone = Attachment.objects.attach(memo, upload("act.pdf", PDF), purpose="act", user=writer)
        transaction.set_rollback(True)
    orphan, kept = undone.file.path, attachment.file.path

    def sweep():
        out = io.StringIO()
        call_command("sweep_files", stdout=out)
        return json.loads(out.getvalue())["removed"]

    assert sweep() == 0
    long_ago = time.time() - 2 * 24 * 3600
    for path in (orphan, kept):
        os.utime(path, (long_ago, long_ago))
    assert sweep() == 1
    assert (Path(orphan).exists(), Path(kept).exists()) == (False, True)


@pytest.fixture
def written_in_transaction(monkeypatch):
    """Say of each file that was put away whether a transaction had to wait for it."""
    said, save = [], FileSystemStorage._save

    def watched(storage, name, content):
        said.append(connection.in_atomic_block)
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", watched)
    return said


@pytest.mark.django_db(transaction=True)
def test_scan_of_a_step_is_put_away_before_its_transaction(memo, writer, data_dir, written_in_transaction):
    memo_workflow.perform(memo, "send", actor=writer, data={"scan": upload("act.pdf", PDF)})
    assert written_in_transaction == [False]
    kept = Attachment.objects.of(memo).get()
    assert (kept.purpose, kept.sha256) == ("send", hashlib.sha256(PDF).hexdigest())


@pytest.mark.django_db(transaction=True)
def test_scan_of_a_form_is_put_away_before_any_transaction(memo, writer, data_dir, written_in_transaction):
    form = UploadForm(files={"file": upload("act.pdf", PDF)})
    assert form.is_valid()
    with transaction.atomic():
        form.save(memo, purpose="act", user=writer)
    assert written_in_transaction == [False]


@pytest.mark.django_db(transaction=True)
def test_scan_of_a_step_that_failed_is_swept_away_later(memo, writer, data_dir):
    Memo.objects.update(text="break")
    with pytest.raises(ZeroDivisionError):
        memo_workflow.perform(memo, "send", actor=writer, data={"scan": upload("act.pdf", PDF)})
    [orphan] = [path for path in (data_dir / "files").rglob("*") if path.is_file()]
    assert sweeping.sweep() == 0
    grow_old(orphan)
    assert sweeping.sweep() == 1
    assert not orphan.exists()


def grow_old(*paths):
    long_ago = time.time() - 2 * 24 * 3600
    for path in paths:
        os.utime(path, (long_ago, long_ago))


def test_sweep_knows_the_files_of_papers_and_no_other_folder(data_dir):
    document = IssuedDocument.objects.create(
        kind="list",
        content_type=ContentType.objects.get_for_model(Memo),
        object_id="1",
        issued_at=timezone.now(),
        snapshot={},
        sha256="",
    )
    kept = document._keep("kk", "pdf", b"%PDF")
    orphan, half = (Path(kept.file.path).with_name(name) for name in ("orphan.pdf", ".half.pdf.x1"))
    foreign = data_dir / "files" / "put here by hand"
    for path in (orphan, half, foreign):
        path.write_bytes(b"%PDF")
        grow_old(path)
    grow_old(Path(kept.file.path))
    assert sweeping.sweep() == 2
    assert [path.exists() for path in (orphan, half, foreign, Path(kept.file.path))] == [
        False,
        False,
        True,
        True,
    ]


def test_sweep_is_planned_daily():
    planned = [one for one in beat_schedule.values() if one["task"] == tasks.sweep_files.name]
    assert [one["schedule"] for one in planned] == [datetime.timedelta(days=1)]
    tasks.sweep_files()
    tasks.sweep_files()


def test_sweep_is_asked_for_by_an_operator_or_by_nobody(writer):
    with pytest.raises(CommandError, match="бұл пәрменді бере алмайды"):
        call_command("sweep_files", actor=writer.email)
