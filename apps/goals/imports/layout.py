"""The folder as Open SDG lays it out: which files there are, their YAML, and the translations in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from apps.organisations.importing import BadInput, Findings, Source

LANGUAGES = ("kk", "ru", "en")
FOLDERS = ("data", "indicator-config", "meta", *(f"translations/{language}" for language in LANGUAGES))
TABLE_PREFIX = "indicator_"
NEEDED_GROUPS = ("REF_AREA", "UNIT_MEASURE", "national_indicators")
DEEPEST = 20


@dataclass(frozen=True)
class Words:
    """One text in the three languages; a language without it has an empty one."""

    kk: str = ""
    ru: str = ""
    en: str = ""

    def filled_from(self, other: "Words") -> "Words":
        """Return the words with those of `other` in the languages that have none."""
        return Words(kk=self.kk or other.kk, ru=self.ru or other.ru, en=self.en or other.en)

    def fields(self, name: str) -> dict[str, str]:
        """Return the words as fields of a model: `<name>_kk` and so on."""
        return {f"{name}_{language}": getattr(self, language) for language in LANGUAGES}


def plain(value: Any) -> str:
    """Return a scalar of YAML as text, and nothing for lists and mappings."""
    try:
        return str(value).strip() if isinstance(value, str | int | float) else ""
    except ValueError:  # a number of more digits than Python writes
        return ""


def _check_form(text: str) -> None:
    """Raise a YAMLError where the text is nested too deep, repeats its own parts or holds NUL characters."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        is_hostile = isinstance(event, yaml.ScalarEvent) and "\0" in event.value
        if is_hostile or isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)  # type: ignore[arg-type]


class Folder:
    """A data set in the Open SDG layout; raises BadInput where that is not what it is."""

    def __init__(self, root: Path, findings: Findings) -> None:
        missing = [name for name in FOLDERS if not (root / name).is_dir()]
        if missing:
            raise BadInput(
                _("%(folder)s is no data set in the Open SDG layout. Missing folders: %(missing)s.")
                % {"folder": root, "missing": ", ".join(missing)}
            )
        self.root = root
        self.findings = findings
        self.source = Source(root, findings)
        self.configs = self._by_slug("indicator-config", ".yml")
        self.metas = self._by_slug("meta", ".yml")
        self.tables = self._by_slug("data", ".csv", TABLE_PREFIX)
        if not self.tables:
            raise BadInput(_("%(folder)s: there is no table of data.") % {"folder": root / "data"})
        self.translations = {
            language: {
                path.stem: self.mapping(path)
                for path in sorted((root / "translations" / language).glob("*.yml"))
            }
            for language in LANGUAGES
        }
        for group in NEEDED_GROUPS:
            self._look_for(group)

    def _look_for(self, group: str) -> None:
        """Tell in which languages a group of translations is missing; raises BadInput where it is in none."""
        missing = [language for language in LANGUAGES if not self.translations[language].get(group)]
        if len(missing) == len(LANGUAGES):
            raise BadInput(
                _("%(folder)s: the file %(file)s is missing or empty in every language.")
                % {"folder": self.root / "translations", "file": f"{group}.yml"}
            )
        for language in missing:
            name = f"translations/{language}/{group}.yml"
            self.findings.note(name, 1, _("the file is missing or empty: earlier texts stay"))

    def _by_slug(self, folder: str, suffix: str, prefix: str = "") -> dict[str, Path]:
        """Return the folder's files by indicator («1-2-1»), in the order of their names."""
        found = {}
        for path in sorted((self.root / folder).iterdir()):
            if path.is_file() and path.suffix == suffix and path.name.startswith(prefix):
                found[path.stem.removeprefix(prefix)] = path
            elif not path.name.startswith("."):
                self.findings.note(
                    f"{folder}/{path.name}", 1, _("the file is not of the layout and was not read")
                )
        return found

    def mapping(self, path: Path | None) -> dict[str, Any]:
        """Return a YAML file's mapping, empty where there is no file; raises BadInput where it is damaged."""
        if path is None:
            return {}
        name, text = self.source.name(path), self.source.text(path)
        try:
            _check_form(text)
            content = yaml.load(text, Loader=yaml.CSafeLoader) or {}
            if isinstance(content, dict):
                return {str(key): value for key, value in content.items()}
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            raise BadInput(
                _("%(file)s, line %(line)s: the YAML is damaged.")
                % {"file": name, "line": mark.line + 1 if mark else 1}
            ) from error
        raise BadInput(_("%(file)s: the YAML is not a list of names and values.") % {"file": name})

    def words(self, group: str, key: str) -> Words:
        """Return the translation of a key such as («national_indicators», «1-2-1-title»)."""
        return Words(**{language: self._text(language, group, key) for language in LANGUAGES})

    def _text(self, language: str, group: str, key: str) -> str:
        text = self.translations[language].get(group, {}).get(key)
        return " ".join(text.split()) if isinstance(text, str) else ""

    def resolve(self, reference: Any) -> Words:
        """Return the words behind a reference such as «sources.1-2-1-source_data_1»."""
        group, _dot, key = plain(reference).partition(".")
        return self.words(group, key)

    def codes(self, group: str) -> set[str]:
        """Return every code that a group names in any language; the group's own title is no code."""
        return {key for words in self.translations.values() for key in words.get(group, {})} - {group}

    def names_group(self, group: str) -> bool:
        return any(group in groups for groups in self.translations.values())

    def rows(self, slug: str) -> Iterator[tuple[int, list[str]]]:
        return self.source.table(self.tables[slug])
