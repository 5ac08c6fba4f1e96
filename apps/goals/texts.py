"""Texts of the catalogue from one import to the next: none is lost in silence, and each change is told."""

from collections import defaultdict
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _

from apps.organisations.importing import Findings


class Texts[Row: models.Model]:
    """Gives the rows of one model the texts of a data set; a text that it lacks stays as it was."""

    def __init__(self, model: type[Row], findings: Findings) -> None:
        self.model = model
        self.findings = findings
        self.kept: defaultdict[str, list[str]] = defaultdict(list)

    def take_over(self, row: Row, before: Row | None, label: str, texts: Mapping[str, str]) -> Row:
        """Return the row with the texts by field; `label` names it in the report."""
        for field, text in texts.items():
            earlier = getattr(before, field) if before else ""
            if earlier and not text:
                self.kept[field].append(label)
            elif earlier and earlier != text:
                words = {"code": label, "field": self.name(field), "before": earlier, "after": text}
                change = _("%(code)s, %(field)s: «%(before)s» → «%(after)s»") % words
                self.findings.changes.append(change)
            setattr(row, field, text or earlier)
        return row

    def tell_kept(self) -> None:
        """Tell which texts the data set lacks, one line a field."""
        for field, labels in self.kept.items():
            words = {"field": self.name(field), "rows": ", ".join(labels)}
            self.findings.changes.append(_("The data set lacks texts, %(field)s, kept for: %(rows)s") % words)

    def name(self, field: str) -> str:
        options = self.model._meta
        return f"{options.verbose_name}, {options.get_field(field).verbose_name}"  # type: ignore[union-attr]
