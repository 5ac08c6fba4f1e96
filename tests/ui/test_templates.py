"""Templates keep the strict policy, draw only shapes that exist, and lead to every section."""

import gzip
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from apps.ui import navigation
from apps.ui.parts import KINDS
from apps.ui.views import bad_request, server_error
from tests.factories.people import OrganisationFactory, UserFactory, person

pytestmark = pytest.mark.embedded
REPOSITORY = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((REPOSITORY / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "documents" not in path.parts]  # papers are printed by WeasyPrint
SHAPES = set(re.findall(r'<symbol id="([\w-]+)"', (REPOSITORY / "static" / "icons.svg").read_text()))
STYLES = sorted((REPOSITORY / "static" / "css").glob("*.css"))
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle=",
    "an event attribute": r"<[^>]*\son\w+=",
    "an inline script": r"<script(?![^>]*\bsrc=)",
    "an inline style sheet": r"<style",
    "evaluated htmx": r"hx-on|hx-vals=.js|hx-trigger=\"[^\"]*\[",
    "an unescaped value": r"\|safe\b|autoescape off",
    "another host": r"(?:src|href)=\"(?:https?:)?//",
}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPOSITORY / "templates")))
def test_template_holds_nothing_that_the_policy_forbids(path):
    text = path.read_text()
    markup = re.sub(r"{%\s*(?:include|with)\b.*?%}", "", text)  # their arguments look like attributes
    assert [name for name, sign in FORBIDDEN.items() if re.search(sign, markup)] == []


def test_every_shape_that_is_drawn_exists():
    drawn = {
        name for path in TEMPLATES for name in re.findall(r"""{%\s*icon ["']([\w-]+)["']""", path.read_text())
    }
    assert drawn | {shape for _, shape in KINDS.values()} <= SHAPES


def test_styles_stay_within_their_weight():
    """As they are sent: 45 KB is the most that a page may spend on them, a third of it is what they take."""
    assert sum(len(gzip.compress(path.read_bytes())) for path in STYLES) <= 18 * 1024


def test_every_tone_of_a_state_has_its_colours():
    text = "".join(path.read_text() for path in STYLES)
    assert all(f".{tone}" in text for tone, _ in KINDS.values() if tone)


def test_every_registered_section_has_its_page():
    links = [*navigation._sections.values(), *navigation._tools.values()]
    assert links
    assert [link.url_name for link in links if not link.url] == []
    assert {link.icon for link in navigation._tools.values()} <= SHAPES


def drawn(template, **context):
    return Template("{% load ui i18n %}" + template).render(Context(context))


def test_icon_speaks_only_with_a_label():
    silent = drawn("{% icon 'done' %}")
    assert silent == ('<svg class="icon" aria-hidden="true"><use href="/static/icons.svg#done"/></svg>')
    assert 'role="img" aria-label="a &lt;b&gt;"' in drawn("{% icon 'done' words %}", words="a <b>")


def test_filters_say_nothing_of_a_date_that_is_not_there():
    names = (
        "date_long date_paper date_of date_held date_since date_day date_short date_digits clock weekday "
        "day_distance days_left"
    )
    assert drawn("".join(f"{{{{ nothing|{name} }}}}" for name in names.split()), nothing=None) == ""


def test_query_keeps_what_it_does_not_change():
    request = RequestFactory().get("/", {"q": "су", "page": "3"})
    assert drawn("{% query page=2 %}", request=request) == "?q=%D1%81%D1%83&amp;page=2"
    assert drawn("{% query page=None q=None %}", request=request) == "?"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/109.0 Safari/537.36",
            "Chrome, Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/109.0 Safari/537.36 Edg/109.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox, Linux"),
        ("curl/8", "curl/8"),
    ],
)
def test_browser_is_named_as_people_know_it(agent, name):
    assert drawn("{{ agent|browser }}", agent=agent) == name


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_frame_costs_session_user_and_roles(client, django_assert_max_num_queries, language):
    client.force_login(person("akimat_staff", OrganisationFactory()))
    with django_assert_max_num_queries(5):
        page = client.get(f"/{language}/nothing-here/")
    assert page.status_code == 404
    assert f'<html lang="{language}">' in page.text


@pytest.mark.django_db
def test_fault_has_its_number_and_needs_no_database(client, django_assert_num_queries):
    request = RequestFactory().get("/ru/regions/?year=2026")
    with translation.override("ru"), django_assert_num_queries(0):
        page = server_error(request)
        unread = bad_request(request, Exception())
    assert page.status_code == 500
    assert "Произошел сбой портала" in page.content.decode()
    assert 'href="/kk/regions/?year=2026" lang="kk"' in page.content.decode()
    assert unread.status_code == 400


@pytest.mark.django_db
def test_foreign_token_is_refused_in_words(client):
    client = client.__class__(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    page = client.post("/ru/accounts/profile/", {})
    assert page.status_code == 403
    assert "Страница устарела" in page.text
