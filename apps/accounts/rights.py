"""The number of a person's rights: raised whenever a role, a seat or a substitution of theirs changes.

What is remembered of somebody's right carries the number and so ends with it. It comes with the account,
which every request reads anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete, post_save, pre_save


class RaisedNumber(models.PositiveIntegerField):
    """A number raised in the database alone: saving an account brings no former one back."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return super().pre_save(model_instance, add) if add else F(self.attname)


def watch(model: type[models.Model], *holders: str) -> None:
    """Raise the number of the people in these columns whenever a row of the model is stored or removed.

    It is raised after the row: a request between the two would otherwise judge by the old row and remember it
    under the new number. Rows changed by `update` on a queryset raise nothing.
    """

    def note_former_holders(instance: Any, **_: Any) -> None:
        stored = model._default_manager.filter(pk=instance.pk).values_list(*holders)
        instance.former_holders = (instance.pk and stored.first()) or ()

    def raise_for_holders(instance: Any, **_: Any) -> None:
        former = getattr(instance, "former_holders", ())
        raise_numbers({*former, *(getattr(instance, column) for column in holders)} - {None})

    pre_save.connect(note_former_holders, sender=model, weak=False)
    for signal in (post_save, post_delete):
        signal.connect(raise_for_holders, sender=model, weak=False)


def raise_numbers(people: Iterable[int]) -> None:
    """Raise the number of these people, and of whoever stands in for them and acts with their rights."""
    if not people:
        return
    stand_ins = apps.get_model("accounts.Substitution").objects.filter(absent__in=people).values("substitute")
    concerned = apps.get_model("accounts.User").objects.filter(Q(pk__in=people) | Q(pk__in=stand_ins))
    concerned.update(rights_version=F("rights_version") + 1)
