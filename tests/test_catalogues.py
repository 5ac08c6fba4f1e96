"""Kazakh and Russian are equal: every message is there in both, whole, compiled, and in the order's words."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
LANGUAGES = ["kk", "ru"]

# Words that Kazakh and Russian share, or that belong to no language.
ALIKE = {
    "(Hidden field %(name)s) %(error)s",
    "Act",
    "Body",
    "Body: {name}.",
    "Fact",
    "File",
    "Interface",
    "Mode",
    "Portal",
    "SHA-256",
    "code",
    "edition",
    "fact",
    "indicator",
    "online",
    "the portal",
}
UNWANTED = {
    "kk": r"тұрақты даму|көрсеткіш|мәжіліс|статус|дедлайн|өтінеміз|құпия сөз|!",
    "ru": r"ё|пожалуйста|показател|дедлайн|[Уу]пс|осуществ|\bданн(ый|ого|ому|ым|ом)\b|!",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdr]|\{\w*\}|%[sd]")


def catalogue(language):
    return polib.pofile(str(REPOSITORY / "locale" / language / "LC_MESSAGES" / "django.po"))


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def key(entry):
    return (entry.msgctxt, entry.msgid)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    lacking = [entry.msgid for entry in catalogue(language) if not entry.translated() or entry.fuzzy]
    assert lacking == []


def test_kazakh_is_neither_russian_nor_english():
    russian = {key(entry): texts(entry) for entry in catalogue("ru")}
    same = [
        entry.msgid
        for entry in catalogue("kk")
        if entry.msgid not in ALIKE
        and re.search(r"[^\W\d_]{3}", PLACEHOLDER.sub("", entry.msgid))
        and any(text and text in (entry.msgid, *russian[key(entry)]) for text in texts(entry))
    ]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_inserted_values_are_those_of_the_message(language):
    wrong = []
    for entry in catalogue(language):
        allowed = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        wrong += [entry.msgid for text in texts(entry) if not set(PLACEHOLDER.findall(text)) <= allowed]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_neither_the_order_nor_good_style_has_do_not_occur(language):
    found = [
        text for entry in catalogue(language) for text in texts(entry) if re.search(UNWANTED[language], text)
    ]
    assert found == []


def test_plural_forms_of_kazakh_are_one_text():
    """After a number the noun stays singular, so both forms say the same."""
    assert [
        entry.msgid for entry in catalogue("kk") if entry.msgid_plural and len(set(texts(entry))) > 1
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_that_of_the_source(language):
    source = catalogue(language)
    compiled = polib.mofile(str(REPOSITORY / "locale" / language / "LC_MESSAGES" / "django.mo"))
    built = {key(entry): texts(entry) for entry in compiled}
    assert built == {key(entry): texts(entry) for entry in source.translated_entries()}


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """The messages of the code as it stands, drawn from a copy of it."""
    copy = tmp_path_factory.mktemp("messages")
    for name in ("apps", "sdgportal", "templates"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "manage.py", copy)
    (copy / "locale").mkdir()
    extract = "manage.py makemessages -v0 -l kk --no-location --no-wrap -e html,txt,py"
    subprocess.run([sys.executable, *extract.split()], cwd=copy, check=True, capture_output=True)
    return polib.pofile(str(copy / "locale" / "kk" / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_the_messages_of_the_code_and_no_others(extracted, language):
    assert {key(entry) for entry in catalogue(language)} == {key(entry) for entry in extracted}
