"""Pages over a `Table`: the whole form without JavaScript, single cells with it, a block from Excel.

The page's form names its inputs `line-<pk>-<field>` and `line-<pk>-version`; `static/js/grid.js` finds them
by these names, posts what changed to the address in `data-cells` and puts the answer beside each row.
"""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from apps.grid.edits import Edit
from apps.grid.pasting import Paste, Pasted
from apps.grid.tables import Locked, Outcome, Table
from apps.grid.undo import remember, undo
from apps.ui.dates import spoken
from apps.ui.requests import MOST, whole, wholes

_NAME = re.compile(r"line-(?P<line>[0-9]{1,18})-(?P<field>[a-z_]{1,40})")
MOST_CELLS = 5000
UNPROCESSABLE = 422


def edits_of_form(data: QueryDict) -> dict[int, Edit]:
    """Read the page's form: every line of it with the version that the page showed.

    `leave=line-12-target` (the button “keep theirs” beside a conflict) leaves that cell as it is;
    `choose=line-12-target=1 234,5` (a reading of an ambiguous number) takes the place of what was typed.
    """
    values: dict[int, dict[str, str]] = {}
    versions: dict[int, int] = {}
    left = set(data.getlist("leave"))
    chosen = dict(one.split("=", 1) for one in data.getlist("choose") if "=" in one)
    for name, value in {**data.dict(), **chosen}.items():
        found = _NAME.fullmatch(name)
        if not found or name in left:
            continue
        line, field, typed = int(found["line"]), found["field"], str(value)
        if field == "version":
            versions[line] = whole(typed) or 0  # no row has the version 0
        else:
            values.setdefault(line, {})[field] = typed
    return {line: Edit(typed, version=versions.get(line)) for line, typed in values.items()}


def edits_of_cells(data: Any) -> dict[int, Edit]:
    """Read what autosave sends: `{"cells": [{"line": 12, "field": "target", "value": "3,0", "was": "2,9"}]}`.

    Raises ValueError for anything else.
    """
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise ValueError("cells expected")  # noqa: TRY004 - the caller answers 400 to any malformed body
    if len(data["cells"]) > MOST_CELLS:
        raise ValueError("too many cells")
    edits: dict[int, Edit] = {}
    for cell in data["cells"]:
        match cell:
            case {"line": int(line), "field": str(field), "value": str(value), "was": str(was)} if (
                0 <= line <= MOST
            ):
                edit = edits.setdefault(line, Edit({}, was={}))
                edit.values[field], edit.was[field] = value, was  # type: ignore[index]
            case _:
                raise ValueError("a cell has line, field, value and was")
    return edits


class TableView(View, ABC):
    """The page of a table: a subclass says which table, how the page looks and where to go afterwards."""

    @abstractmethod
    def get_table(self) -> Table: ...

    @abstractmethod
    def page(self, outcome: Outcome | None = None, status: int = 200) -> HttpResponse:
        """Render the page; after a save that refused cells, with what was typed and why."""

    @abstractmethod
    def saved(self, outcome: Outcome) -> HttpResponse:
        """Redirect after a save in which nothing was refused."""

    @abstractmethod
    def locked(self, reason: Locked) -> HttpResponse:
        """Answer to a save of a paper that is no longer open for editing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            outcome = self.get_table().save(edits_of_form(request.POST))
            return self.page(outcome, status=UNPROCESSABLE) if outcome.refused else self.saved(outcome)
        except Locked as reason:
            return self.locked(reason)


class CellsView(View, ABC):
    """Autosave; the answer is always JSON.

    200 `{"saved": "Сақталды: 14:32", "cells": [{"line", "field", "state": "saved" | "refused" | "conflict",
    "value" (as stored, spelled), "message", "choices", "theirs"}], "rows": {"<line>": {"version", "html"}}}`,
    where `html` is the row as the page draws it (`row_template`), of which the script takes the state cell;
    401 signed out, 403 no right, 400 not understood, 423 `{"message"}` no longer open for editing.
    """

    http_method_names = ["post"]
    row_template = ""

    @abstractmethod
    def get_table(self) -> Table: ...

    @abstractmethod
    def row_context(self, table: Table, lines: list[Any]) -> dict[int, dict[str, Any]]:
        """What `row_template` needs, for each line."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.signed_out()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def signed_out(self) -> JsonResponse:
        """Nobody, or another person than the one who typed: what was typed stays with its owner."""
        return JsonResponse({"message": _("The session has ended. Sign in again.")}, status=401)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        try:
            sent = json.loads(request.body)
            if str(sent.get("user", request.user.pk)) != str(request.user.pk):
                return self.signed_out()
            table = self.get_table()
            outcome = table.save(edits_of_cells(sent))
        except (ValueError, AttributeError, RecursionError):
            return JsonResponse({"message": _("The request was not understood.")}, status=400)
        except Locked as reason:
            return JsonResponse({"message": str(reason)}, status=423)
        return JsonResponse(self.answer(table, outcome))

    def answer(self, table: Table, outcome: Outcome) -> dict[str, Any]:
        refused = {(one.line, one.field): one for one in outcome.refused}
        cells = [
            {
                "line": one.line,
                "field": one.field,
                "state": "conflict" if one.code == "conflict" else "refused",
                "message": str(one.message),
                "choices": one.choices,
                "theirs": one.theirs,
            }
            for one in refused.values()
        ]
        for key, line in outcome.lines.items():
            form = table.form_class(line)
            cells += [
                {"line": key, "field": name, "state": "saved", "value": form.stored(name) or ""}
                for name in outcome.sent[key]
                if (key, name) not in refused
            ]
        contexts = self.row_context(table, list(outcome.lines.values()))
        return {
            "saved": _("Saved: {time}").format(time=timezone.localtime(outcome.moment).strftime("%H:%M")),
            "cells": cells,
            "rows": {
                key: {
                    "version": line.version,
                    "html": render_to_string(self.row_template, contexts[key], self.request),
                }
                for key, line in outcome.lines.items()
            },
        }


class WholeTableMixin:
    """Open to those who may change all lines now; for everybody else there is no such page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.table.may_edit_all(self.table.paper):
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def table(self) -> Table:
        table: Table = self.get_table()  # type: ignore[attr-defined]
        return table


class PasteView(WholeTableMixin, View, ABC):
    """A block from Excel: the block, a preview of what it changes, then the change; and taking it back.

    `text` is the block; `line` and `field` are the cell on which it falls, if it was pasted into the table.
    """

    template_name = ""

    @abstractmethod
    def get_table(self) -> Table: ...

    @abstractmethod
    def get_paste(self, lines: list[Any], language: str) -> Paste:
        """How the paper reads a block."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "undo" in request.POST:
                return self.undo()
            pasted = self.read()
            if not pasted.rows:
                return self.page(pasted, status=UNPROCESSABLE)
            if "confirm" not in request.POST or pasted.left_empty != request.POST.get("left_empty_seen", ""):
                return self.page(pasted)
            return self.back() if self.store(pasted) else self.page(self.read(), is_stale=True)
        except Locked as reason:
            messages.error(request, str(reason))
            return self.back()

    def read(self) -> Pasted:
        given = self.request.POST
        paste = self.get_paste(list(self.table.lines()), given.get("language", ""))
        text, line, field = (given.get(name, "") for name in ("text", "line", "field"))
        paste.left_empty = wholes(given.getlist("left_empty"))
        return paste.drop(text, line, field) if field else paste.read(text)

    @transaction.atomic
    def store(self, pasted: Pasted) -> bool:
        """Store the block whole, unless anything was stored since the preview: then it is shown anew."""
        if self.table.lock().version != whole(self.request.POST.get("version")):
            return False
        edits, rows = pasted.edits(), pasted.new_lines()
        outcome = self.table.save(edits) if edits else None
        added = self.table.add(rows, action="pasted") if rows else []
        remember(self.request, self.table, outcome, added)
        if not edits and not rows:
            messages.info(self.request, _("Nothing has changed."))
        return True

    def undo(self) -> HttpResponse:
        taken = undo(self.request, self.table, whole(self.request.POST.get("version")) or 0)
        if taken is None:
            messages.info(
                self.request,
                _("The paper has changed since the page was opened. Look at what would be undone now."),
            )
            return self.back()
        said = [_("The paste has been undone: cells – {cells}, rows – {rows}.")]
        if taken.stayed_cells or taken.stayed_rows:
            said.append(
                _("Changed since, and left as they are: cells – {stayed_cells}, rows – {stayed_rows}.")
            )
        counts = {name: getattr(taken, name) for name in ("cells", "rows", "stayed_cells", "stayed_rows")}
        messages.success(self.request, " ".join(said).format(**counts))
        return self.back()

    def back(self) -> HttpResponse:
        return redirect(self.table.paper.get_absolute_url())

    def page(
        self, pasted: Pasted | None = None, *, is_stale: bool = False, status: int = 200
    ) -> HttpResponse:
        given = self.request.POST
        context = {
            "paper": self.table.paper,
            "pasted": pasted,
            "is_stale": is_stale,
            "text": given.get("text", ""),
            "mode": given.get("mode", "match"),
            "language": spoken(given.get("language")),
            "line": given.get("line", ""),
            "field": given.get("field", ""),
        }
        return render(self.request, self.template_name, context, status=status)
