"""Territories by the state classifier (KATO) and the bodies that answer for them: the ground of papers."""

import re
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.organisations.kinds import LOCAL_EXECUTIVE, NATIONAL, BodyKind
from apps.organisations.reference import ReferenceQuerySet
from apps.ui.alphabet import sort_key
from apps.ui.dates import spoken
from apps.ui.localised import Words

GENERIC_WORDS = re.compile(r"^(город|область|район|село|поселок|сельский округ)\s+", re.IGNORECASE)


class RegionQuerySet(ReferenceQuerySet["Region"]):
    def reporting(self) -> Self:
        """The oblasts and cities of republican significance that owe the Council a report."""
        return self.filter(is_reporting=True, closed_on=None)

    def in_alphabet(self, language: str | None = None) -> Self:
        """In the order of the Kazakh alphabet, by the names of `language` (the current one by default)."""
        return self.order_by(f"sort_{spoken(language)}", "code")


class Region(models.Model):
    """A territory of the classifier (KATO), whose local executive bodies points 1 to 4 address."""

    class Kind(models.TextChoices):
        OBLAST = "oblast", _("oblast")
        REPUBLICAN_CITY = "republican_city", _("city of republican significance")
        RAION = "raion", _("raion")
        OBLAST_CITY = "oblast_city", _("city of oblast significance")
        CITY_DISTRICT = "city_district", _("city district")
        CITY_PROPER = "city_proper", _("city without its subordinate territory")
        TOWN_ADMINISTRATION = "town_administration", _("town administration")
        SETTLEMENT_ADMINISTRATION = "settlement_administration", _("settlement administration")
        VILLAGE_ADMINISTRATION = "village_administration", _("village administration")
        RURAL_OKRUG = "rural_okrug", _("rural okrug")
        SETTLEMENT = "settlement", _("populated place")

    REGION_KINDS = (Kind.OBLAST, Kind.REPUBLICAN_CITY)

    code = models.CharField(_("KATO code"), max_length=9, primary_key=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent territory"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices, db_index=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=250)
    name_ru = models.CharField(_("name in Russian"), max_length=250)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    short_kk = models.CharField(_("short name in Kazakh"), max_length=60, blank=True)
    short_ru = models.CharField(_("short name in Russian"), max_length=60, blank=True)
    print_kk = models.CharField(_("name in the classifier, Kazakh"), max_length=200, blank=True)
    print_ru = models.CharField(_("name in the classifier, Russian"), max_length=200, blank=True)
    sort_kk = models.CharField(max_length=500, editable=False)
    sort_ru = models.CharField(max_length=500, editable=False)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=6, blank=True)
    is_reporting = models.BooleanField(_("reports to the Council"), default=False)
    edition = models.CharField(_("edition of the classifier"), max_length=200, blank=True)
    opened_on = models.DateField(_("in the classifier since"), null=True, blank=True)
    closed_on = models.DateField(_("out of the classifier since"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    name = Words()
    short_name = Words("short", "name")  # for tiles and narrow tables

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ("code",)
        indexes = (models.Index(fields=("is_reporting", "closed_on")),)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_sort_keys()
        super().save(*args, **kwargs)

    def set_sort_keys(self) -> None:
        """Sort by what tells territories apart: «область Абай» stands under А."""
        self.sort_kk = sort_key(self.name_kk, "kk")
        self.sort_ru = sort_key(GENERIC_WORDS.sub("", self.name_ru), "ru")

    @property
    def is_open(self) -> bool:
        return not self.closed_on


class StatisticalAreaQuerySet(ReferenceQuerySet["StatisticalArea"]):
    def standing_for_regions(self, codes: Iterable[str]) -> Self:
        """Areas tied to a region, and those of `codes` whether tied or not."""
        return self.filter(Q(code__in=list(codes)) | Q(region__isnull=False))


class StatisticalArea(models.Model):
    """A territory as official statistics name it (REF_AREA), over the years in which that code is valid."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statistical_areas",
        verbose_name=_("territory"),
    )
    name_kk = models.TextField(_("name in Kazakh"), blank=True)
    name_ru = models.TextField(_("name in Russian"), blank=True)
    name_en = models.TextField(_("name in English"), blank=True)
    valid_from_year = models.PositiveSmallIntegerField(_("valid from"), null=True, blank=True)
    valid_to_year = models.PositiveSmallIntegerField(_("valid to"), null=True, blank=True)
    formed_in_year = models.PositiveSmallIntegerField(
        _("territory formed in"), null=True, blank=True, help_text=_("Earlier values are recalculations.")
    )

    name = Words()

    objects = StatisticalAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("statistical area")
        verbose_name_plural = _("statistical areas")
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def is_valid_in(self, year: int) -> bool:
        return (self.valid_from_year or year) <= year <= (self.valid_to_year or year)

    def is_formed_in(self, year: int) -> bool:
        """Say whether the territory existed then; statisticians recalculate some series further back."""
        return (self.formed_in_year or year) <= year


class OrganisationQuerySet(ReferenceQuerySet["Organisation"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def local_executive(self) -> Self:
        """Akimats and akims' apparatuses."""
        return self.filter(kind__in=Organisation.LOCAL_EXECUTIVE_KINDS)

    def ministry(self) -> "Organisation":
        return self.get(kind=Organisation.Kind.MINISTRY)

    def council_working_body(self) -> "Organisation":
        return self.get(kind=Organisation.Kind.COUNCIL_WORKING_BODY)


class Organisation(models.Model):
    """A body of points 1 to 4 and 16 to 18 that draws up, agrees, approves, monitors or receives papers."""

    Kind = BodyKind
    LOCAL_EXECUTIVE_KINDS = LOCAL_EXECUTIVE
    NATIONAL_KINDS = NATIONAL

    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("territory"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("superior body"),
    )
    name_kk = models.CharField(_("name in Kazakh"), max_length=300)
    name_ru = models.CharField(_("name in Russian"), max_length=300)
    short_kk = models.CharField(_("short name in Kazakh"), max_length=100, blank=True)
    short_ru = models.CharField(_("short name in Russian"), max_length=100, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    name = Words()
    short_name = Words("short", "name")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("region_id", "kind", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("region",),
                condition=Q(kind__in=LOCAL_EXECUTIVE),
                name="one_local_executive_body_per_region",
            ),
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(kind__in=NATIONAL),
                name="one_national_body_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(region__isnull=False) | ~Q(kind__in=LOCAL_EXECUTIVE),
                name="local_executive_body_has_region",
            ),
        )

    def __str__(self) -> str:
        return self.name


class DataImport(models.Model):
    """One import of official files: which, when, and what came of it. Who did it stands in the history."""

    command = models.CharField(_("import"), max_length=40)
    source = models.CharField(_("file or folder"), max_length=255)
    fingerprint = models.CharField(_("SHA-256"), max_length=64)
    moment = models.DateTimeField(_("moment"), default=timezone.now)
    stored = models.PositiveIntegerField(_("stored"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    refused = models.PositiveIntegerField(_("refused"))
    report = models.TextField(_("report of the import"), blank=True)

    audit_chain = "national"

    class Meta:
        verbose_name = _("import of official data")
        verbose_name_plural = _("imports of official data")
        ordering = ("-moment",)

    def __str__(self) -> str:
        return f"{self.command} {self.source}"

    def seat_of(self, user: Any) -> str:
        """An import is no affair of a group: nobody acts on it as a member."""
        return ""
