"""The commands give what the buttons give, and say by their exit code what happened."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.documents.management.commands.render_paper import Command
from apps.documents.papers import render_draft
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def listed():
    out = StringIO()
    call_command("papers", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_papers_are_listed_with_their_states(paper, draft):
    assert listed() == [
        {"kind": "list", "id": paper.pk, "region": paper.region_id, "period": "2027", "state": "sent"},
        {"kind": "list", "id": draft.pk, "region": draft.region_id, "period": "2027", "state": "draft"},
    ]


def test_empty_portal_has_an_empty_list(db):
    assert listed() == []


def test_lists_are_read_in_one_query_whatever_their_number(django_assert_num_queries):
    counts = []
    for _ in range(2):
        IndicatorListFactory()
        with django_assert_num_queries(3):
            counts.append(len(listed()))
    assert counts == [1, 2]


@pytest.mark.parametrize("file_format", ["pdf", "xlsx", "docx", "json"])
def test_rendered_paper_is_the_issued_one(issued, paper, tmp_path, file_format):
    out = tmp_path / f"paper.{file_format}"
    call_command("render_paper", "list", paper.pk, lang="ru", format=file_format, out=out, stderr=StringIO())
    assert out.read_bytes() == issued.rendered("ru", file_format).content()


def test_rendered_draft_is_the_draft_of_the_page(draft, tmp_path):
    out = tmp_path / "draft.pdf"
    call_command("render_paper", "list", draft.pk, lang="kk-ru", format="pdf", out=out, stderr=StringIO())
    assert out.read_bytes() == render_draft(draft, "list", "kk-ru", "pdf")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["draft.pdf"]


def test_refusals_write_nothing(tmp_path):
    paper = IndicatorListFactory(sent=True)
    IndicatorListItemFactory(indicator_list=paper, regional_ru="")
    out = tmp_path / "paper.pdf"
    for arguments, reason in (
        ((paper.pk, "ru", out), "строка 1"),
        ((999_999, "kk", out), "no list 999999"),
        ((paper.pk, "kk", tmp_path / "nowhere" / "paper.pdf"), "no folder"),
        ((paper.pk, "kk", tmp_path), "cannot be written"),
    ):
        with pytest.raises(CommandError, match=reason) as refusal:
            call_command(
                "render_paper", "list", arguments[0], lang=arguments[1], format="pdf", out=arguments[2]
            )
        assert refusal.value.returncode == 1
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("poem", "1", "--lang", "kk", "--format", "pdf", "--out", "x"),
        ("list", "one", "--lang", "kk", "--format", "pdf", "--out", "x"),
        ("list", "1", "--lang", "en", "--format", "pdf", "--out", "x"),
        ("list", "1", "--lang", "kk", "--format", "odt", "--out", "x"),
        ("list", "1", "--lang", "kk"),
    ],
)
def test_wrong_call_is_told_apart(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "render_paper", *arguments])
    assert end.value.code == 2
    assert capsys.readouterr().out == ""
