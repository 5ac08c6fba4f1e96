"""Read back, for people, the capacities that the audit keeps without a language."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from apps.organisations.models import Organisation

from .models import Role, User

CAPACITY = re.compile(r"(?P<role>\w+)@(?P<body>\d+)(?: for (?P<absent>\d+))?")


def describe_capacities(texts: Iterable[str]) -> dict[str, str]:
    """Return each text with its words, in two queries however many there are.

    Words that are not of this app's form (a capacity in a group, say) are returned as they came.
    """
    texts = set(texts)
    found = [match for text in texts for match in CAPACITY.finditer(text)]
    bodies = Organisation.objects.in_bulk({int(m["body"]) for m in found})
    people = User.objects.in_bulk({int(m["absent"]) for m in found if m["absent"]})
    labels = dict(Role.choices)

    def words(match: re.Match[str]) -> str:
        body = bodies.get(int(match["body"]))
        said = str(labels.get(match["role"], match["role"]))
        if body:
            said = f"{said}, {body.name}"
        if match["absent"] and int(match["absent"]) in people:
            absent = people[int(match["absent"])]
            said = _("%(capacity)s (stands in for: %(person)s)") % {"capacity": said, "person": absent}
        return said

    return {text: CAPACITY.sub(words, text) for text in texts}
