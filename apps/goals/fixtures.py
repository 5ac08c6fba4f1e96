"""The 17 goals with their official names, which every installation starts from."""

from django.db import transaction

from apps.goals.models import Goal
from apps.organisations import fixtures as organisations
from apps.organisations.fixtures import read_rows


@transaction.atomic
def load() -> None:
    """Add the goals that are not there yet, and what they stand on."""
    organisations.load()
    Goal.objects.bulk_create([Goal(**row) for row in read_rows("goals.json")], ignore_conflicts=True)


def directions() -> dict[str, str]:
    """Return by indicator whether higher or lower is better, where the project knows it (ADR 32)."""
    return {row["code"]: row["direction"] for row in read_rows("typical_list.json")}
