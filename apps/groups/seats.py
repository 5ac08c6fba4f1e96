"""Read back, for people, the capacities that the history keeps without a language: roles and seats."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from apps.accounts.capacities import describe_capacities as describe_roles
from apps.groups.models import Member

SEAT = re.compile(r"(?P<capacity>[a-z]+)#\d+")
WORDS = {
    Member.Capacity.CHAIR: _("chair of the working group"),
    Member.Capacity.DEPUTY: _("deputy chair of the working group"),
    Member.Capacity.SECRETARY: _("secretary of the working group"),
    Member.Capacity.MEMBER: _("member of the working group"),
}


def describe_capacities(texts: Iterable[str]) -> dict[str, str]:
    """Return each text with its words; `secretary#3` is the seat, the rest are roles."""
    return {text: SEAT.sub(_words, said) for text, said in describe_roles(texts).items()}


def _words(match: re.Match[str]) -> str:
    return str(WORDS.get(Member.Capacity(match["capacity"]), match[0]))
