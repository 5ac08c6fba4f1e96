"""The commands give what the buttons give, and say by their exit code what happened."""

import json
import os
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Role
from apps.documents.management.commands.render_paper import Command
from apps.documents.models import IssuedDocument
from apps.documents.papers import render_draft
from tests.factories.indicators import IndicatorListFactory, IndicatorListItemFactory
from tests.factories.people import national

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
        ((paper.pk, "ru", out), "1-жол, «Өңірге арналған индикатор» / строка 1"),
        ((999_999, "kk", out), "no list 999999"),
        ((paper.pk, "kk", tmp_path / "nowhere" / "paper.pdf"), "no folder"),
        ((paper.pk, "kk", tmp_path), "not a regular file"),
        ((paper.pk, "kk", Path("/dev/null")), "not a regular file"),
        ((paper.pk, "kk", Path("-")), "the name of a file"),
    ):
        with pytest.raises(CommandError, match=reason) as refusal:
            call_command(
                "render_paper", "list", arguments[0], lang=arguments[1], format="pdf", out=arguments[2]
            )
        assert refusal.value.returncode == 1
    assert not out.exists()
    assert Path("/dev/null").is_char_device()
    assert not Path("-").exists()


def render_to(paper, out):
    call_command("render_paper", "list", paper.pk, lang="kk", format="json", out=out, stderr=StringIO())


def test_link_stays_a_link_and_its_file_is_written(issued, paper, tmp_path):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "paper.json", tmp_path / "link.json"
    link.symlink_to(target)
    render_to(paper, link)
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"{")
    assert [path.name for path in target.parent.iterdir()] == ["paper.json"]


def test_new_file_follows_the_umask_and_an_old_one_keeps_its_mode(issued, paper, tmp_path):
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.write_text("before")
    old.chmod(0o600)
    before = os.umask(0o027)
    try:
        render_to(paper, new)
        render_to(paper, old)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(file.stat().st_mode) for file in (new, old)] == [0o640, 0o600]
    assert old.read_bytes() == new.read_bytes()


def test_damaged_paper_has_no_file(issued, paper, tmp_path):
    IssuedDocument.objects.update(snapshot=issued.snapshot | {"dated": "2020-01-01"})
    with pytest.raises(CommandError, match="not the one that was issued") as refusal:
        render_to(paper, tmp_path / "paper.json")
    assert refusal.value.returncode == 1
    assert not (tmp_path / "paper.json").exists()


def test_whoever_asks_for_a_file_is_an_operator(issued, paper, tmp_path):
    out = tmp_path / "paper.json"
    asked = {"lang": "kk", "format": "json", "out": out, "stderr": StringIO()}
    with pytest.raises(CommandError):
        call_command("render_paper", "list", paper.pk, actor="nobody@example.kz", **asked)
    assert not out.exists()
    operator = national(Role.OPERATOR)
    call_command("render_paper", "list", paper.pk, actor=operator.email, **asked)
    assert out.exists()


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
