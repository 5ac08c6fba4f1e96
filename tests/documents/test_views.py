"""Who may have which file, and how cheaply."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse

from apps.accounts.models import Role
from apps.documents.models import IssuedDocument
from apps.documents.papers import kinds
from tests.documents.looking import pdf_text
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.people import OrganisationFactory, person

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def issued_url(document, language="kk", file_format="pdf"):
    return reverse("documents:issued_file", args=(document.pk, language, file_format))


def paper_url(paper, language="kk", file_format="pdf"):
    return reverse("documents:paper_file", args=("list", paper.pk, language, file_format))


@pytest.fixture
def browser(client, reader):
    client.force_login(reader)
    return client


def body(response):
    return b"".join(response) if response.streaming else response.content


@pytest.mark.parametrize(
    ("file_format", "media_type"),
    [
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("json", "application/json"),
    ],
)
def test_issued_file_is_handed_out_as_it_is_kept(browser, issued, paper, file_format, media_type):
    response = browser.get(issued_url(issued, "ru", file_format))
    assert response.status_code == 200
    assert response["Content-Type"] == media_type
    name = f'attachment; filename="list-{paper.region_id}-2027-ru.{file_format}"'
    assert response["Content-Disposition"] == name
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-cache"
    assert body(response) == issued.rendered("ru", file_format).content()


def test_reader_who_has_the_file_is_told_that_it_is_the_same(browser, issued):
    first = browser.get(issued_url(issued))
    body(first)
    second = browser.get(issued_url(issued), headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])


def test_second_download_asks_little_of_the_database(browser, issued, django_assert_num_queries):
    issued.rendered("kk", "pdf")
    with django_assert_num_queries(6):
        body(browser.get(issued_url(issued)))
    with django_assert_num_queries(2):  # the session and the person
        body(browser.get(issued_url(issued)))


def test_who_was_handed_a_file_gives_no_one_else_a_right(browser, client, issued):
    body(browser.get(issued_url(issued)))
    client.force_login(person(Role.AKIMAT_STAFF, OrganisationFactory()))
    assert client.get(issued_url(issued)).status_code == 404


def test_file_lost_since_it_was_handed_out_is_made_anew(browser, issued):
    first = body(browser.get(issued_url(issued)))
    Path(issued.rendered("kk", "pdf").file.path).unlink()
    assert body(browser.get(issued_url(issued))) == first


def test_file_changed_since_it_was_rendered_is_made_anew(browser, issued):
    first = body(browser.get(issued_url(issued)))
    path = Path(issued.rendered("kk", "pdf").file.path)
    for _ in range(2):  # the second time it was handed out a moment ago
        path.write_bytes(first.replace(b"2027", b"2072"))
        assert body(browser.get(issued_url(issued))) == first
        assert path.read_bytes() == first


@pytest.mark.parametrize("rendered_before", [True, False])
def test_changed_snapshot_is_handed_out_to_nobody(browser, issued, paper, rendered_before):
    if rendered_before:
        issued.rendered("kk", "pdf")
    IssuedDocument.objects.update(snapshot=issued.snapshot | {"dated": "2020-01-01"})
    for url in (issued_url(issued), paper_url(paper), issued_url(issued, "kk", "json")):
        response = browser.get(url)
        assert response.status_code == 409
        assert "Құжат бүлінген" in response.content.decode()


def test_paper_as_it_stands_is_the_issued_one_where_there_is_one(browser, issued, paper):
    assert body(browser.get(paper_url(paper))) == issued.rendered("kk", "pdf").content()


def test_draft_is_rendered_anew_and_not_kept(client, draft):
    client.force_login(person(Role.AKIMAT_STAFF, draft.organisation))
    response = client.get(paper_url(draft))
    assert "Жоба / Проект" in pdf_text(response.content)
    assert response["Cache-Control"] == "private, no-store"
    assert not IssuedDocument.objects.exists()


def test_foreign_paper_does_not_exist(client, issued, paper):
    stranger = person(Role.AKIMAT_STAFF, OrganisationFactory())
    client.force_login(stranger)
    missing = client.get(reverse("documents:issued_file", args=(999_999, "kk", "pdf")))
    for url in (issued_url(issued), paper_url(paper)):
        response = client.get(url)
        assert response.status_code == 404
        assert without_address(response) == without_address(missing)


def without_address(response):
    """The page but for what is each time another: the token against forgery and its own address."""
    return re.sub(r"[A-Za-z0-9]{64}|/documents/[\w/.-]+", "", response.content.decode())


def test_nobody_reads_without_signing_in(client, issued, paper):
    for url in (issued_url(issued), paper_url(paper)):
        response = client.get(url)
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize(
    "arguments", [("list", 1, "en", "pdf"), ("list", 1, "kk", "exe"), ("secret", 1, "kk", "pdf")]
)
def test_unknown_kind_language_or_format_is_not_found(browser, arguments):
    assert browser.get(reverse("documents:paper_file", args=arguments)).status_code == 404


def test_files_are_only_read(browser, issued):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(browser, method)(issued_url(issued)).status_code == 405


def test_missing_translation_is_explained_by_its_places(client):
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper, regional_ru="")
    document = kinds["list"].issue(paper)
    client.force_login(person(Role.AKIMAT_STAFF, paper.organisation))
    response = client.get(issued_url(document, "ru"))
    assert response.status_code == 409
    assert "1-жол, «Өңірге арналған индикатор»" in response.content.decode()
    both = client.get(issued_url(document, "kk-ru", "docx"))
    assert zipfile.is_zipfile(io.BytesIO(body(both)))


def listed(paper):
    template = engines["django"].from_string("{% load documents %}{% paper_files paper %}")
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return template.render({"paper": paper, "request": request})


def test_page_lists_files_with_their_size_and_what_lacks_translation(django_assert_num_queries):
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper, regional_ru="", national_ru="")
    for _ in range(3):
        document = kinds["list"].issue(paper)
        file = document.rendered("kk", "pdf")
    listed(paper)
    with django_assert_num_queries(2):
        page = listed(paper)
    assert page.count("2 жердің аудармасы жоқ") == 3
    assert issued_url(document, "kk", "pdf") in page
    assert issued_url(document, "kk-ru", "docx") in page
    assert issued_url(document, "ru", "pdf") not in page
    assert "КБ" in page
    assert file.size


def test_signed_paper_without_an_issue_is_offered_as_the_command_renders_it(paper):
    page = listed(paper)
    assert paper_url(paper, "kk", "pdf") in page


def test_page_of_a_draft_offers_drafts(draft):
    page = listed(draft)
    assert paper_url(draft, "kk-ru", "xlsx") in page
