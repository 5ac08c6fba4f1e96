"""The national catalogue of goals, targets and indicators, and the official statistics beside papers."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Self
from urllib.parse import unquote

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.organisations.models import Region
from apps.organisations.reference import ReferenceQuerySet
from apps.ui.localised import Words

NUMBER_WIDTH = 3
VALUE_PLACES = 12
ESCAPED = str.maketrans({"%": "%25", ";": "%3B", "=": "%3D"})


def code_order(code: str) -> str:
    """Return a key that puts 1.2.1 before 1.10.1 and 1.a.1 after 1.5.2."""
    return ".".join(part.zfill(NUMBER_WIDTH) if part.isdigit() else f"~{part}" for part in code.split("."))


class Goal(models.Model):
    """One of the 17 goals that points 1 and 3 localise.

    Russian and English titles are the United Nations'. There is no Kazakh text of theirs: the Kazakh ones are
    worded as the Bureau of National Statistics words them, with the order's «орнықты» for its «тұрақты».
    """

    number = models.PositiveSmallIntegerField(_("number of the goal"), primary_key=True)
    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300)
    title_en = models.CharField(_("title in English"), max_length=300)
    short_kk = models.CharField(_("short title in Kazakh"), max_length=100)
    short_ru = models.CharField(_("short title in Russian"), max_length=100)
    short_en = models.CharField(_("short title in English"), max_length=100)

    title = Words()
    short_title = Words("short")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class InOrderOfCodes(models.Model):
    """What is listed by its code: `order` is the code as it sorts."""

    code: Any
    order: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.order = code_order(self.code)
        super().save(*args, **kwargs)


class Target(InOrderOfCodes):
    """A target of a goal, known by its code such as 1.2 or 1.a."""

    code = models.CharField(_("code"), max_length=10, primary_key=True)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="targets", verbose_name=_("goal"))
    order = models.CharField(max_length=30, editable=False, db_index=True)
    title_kk = models.TextField(_("title in Kazakh"), blank=True)
    title_ru = models.TextField(_("title in Russian"), blank=True)
    title_en = models.TextField(_("title in English"), blank=True)

    title = Words()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Indicator(InOrderOfCodes):
    """An indicator of the national catalogue (points 14 and 15), which a region's list may take over."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        NEAR = "near", _("near the target value")
        NONE = "none", _("not comparable")

    class ReportingStatus(models.TextChoices):
        COMPLETE = "complete", _("data exist")
        NOT_STARTED = "notstarted", _("data are not collected yet")
        NOT_APPLICABLE = "notapplicable", _("not applicable")

    code = models.CharField(_("code"), max_length=20, unique=True)
    target = models.ForeignKey(Target, models.PROTECT, related_name="indicators", verbose_name=_("target"))
    order = models.CharField(max_length=60, editable=False, db_index=True)
    title_kk = models.TextField(_("title in Kazakh"), blank=True)
    title_ru = models.TextField(_("title in Russian"), blank=True)
    title_en = models.TextField(_("title in English"), blank=True)
    global_title_kk = models.TextField(_("global title in Kazakh"), blank=True)
    global_title_ru = models.TextField(_("global title in Russian"), blank=True)
    global_title_en = models.TextField(_("global title in English"), blank=True)
    unit_kk = models.TextField(_("unit in Kazakh"), blank=True)
    unit_ru = models.TextField(_("unit in Russian"), blank=True)
    unit_en = models.TextField(_("unit in English"), blank=True)
    source_kk = models.TextField(_("source in Kazakh"), blank=True)
    source_ru = models.TextField(_("source in Russian"), blank=True)
    source_en = models.TextField(_("source in English"), blank=True)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction.choices, default=Direction.NONE
    )
    reporting_status = models.CharField(
        _("state of the data"),
        max_length=20,
        choices=ReportingStatus.choices,
        default=ReportingStatus.COMPLETE,
    )
    is_national = models.BooleanField(_("national indicator"), default=False)

    title = Words()
    unit = Words()
    source = Words()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Series(models.Model):
    """One measured quantity of an indicator: what is counted, and in which unit."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="series", verbose_name=_("indicator")
    )
    code = models.CharField(_("code"), max_length=60, blank=True)
    unit_code = models.CharField(_("code of the unit"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    is_primary = models.BooleanField(_("stands for the indicator"), default=False)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    name_kk = models.TextField(_("name in Kazakh"), blank=True)
    name_ru = models.TextField(_("name in Russian"), blank=True)
    name_en = models.TextField(_("name in English"), blank=True)
    unit_kk = models.TextField(_("unit in Kazakh"), blank=True)
    unit_ru = models.TextField(_("unit in Russian"), blank=True)
    unit_en = models.TextField(_("unit in English"), blank=True)

    name = Words()
    unit = Words()

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ("indicator__order", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "code", "unit_code"), name="one_series_per_code_and_unit"
            ),
            models.UniqueConstraint(
                fields=("indicator",), condition=Q(is_primary=True), name="one_primary_series_per_indicator"
            ),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, (self.indicator.code, self.name or self.code, self.unit)))


class ObservationQuerySet(ReferenceQuerySet["Observation"]):
    def official_for(self, region: Region | None, codes: Collection[str]) -> Self:
        """The total of each indicator's primary series over the years; one query with indicator and unit.

        `region` None asks for the republic. A total is a value without any other dimension.
        """
        place = Q(region=region) if region else Q(area_code="")
        return (
            self.filter(place, series__indicator__code__in=codes, series__is_primary=True, is_total=True)
            .select_related("series__indicator")
            .order_by("series__indicator__order", "year", "breakdown")
        )


class Observation(models.Model):
    """One official value (point 25): a series in a territory in a year, possibly for a part of the people.

    `breakdown` spells the other dimensions out in one canonical text («AGE=Y15T24;SEX=F», empty for none),
    so that both databases can keep the value unique; «;», «=» and «%» in a code are escaped as in addresses.
    """

    series = models.ForeignKey(Series, models.CASCADE, related_name="observations", verbose_name=_("series"))
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("territory"),
    )
    area_code = models.CharField(_("code of the area"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=VALUE_PLACES)
    breakdown = models.CharField(_("other dimensions"), max_length=250, blank=True)
    is_total = models.BooleanField(_("total value"), default=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ("series", "area_code", "year", "breakdown")
        constraints = (
            models.UniqueConstraint(
                fields=("series", "area_code", "year", "breakdown"),
                name="one_value_per_series_area_year_and_part",
            ),
        )
        indexes = (
            models.Index(
                fields=("region", "year", "series"), condition=Q(is_total=True), name="official_totals"
            ),
        )

    def __str__(self) -> str:
        return f"{self.series_id} {self.area_code} {self.year} {self.breakdown}: {self.value}"

    @property
    def number(self) -> Decimal:
        """The value without the zeros that the column adds: 100 and not 100.000000000000 nor 1E+2."""
        return Decimal(f"{self.value.normalize():f}")

    @property
    def dimensions(self) -> dict[str, str]:
        parts = (part.partition("=") for part in self.breakdown.split(";") if part)
        return {unquote(name): unquote(code) for name, _equals, code in parts}

    @staticmethod
    def breakdown_of(dimensions: Mapping[str, str]) -> str:
        """Return the canonical text of the dimensions that have a value."""
        return ";".join(
            f"{name.translate(ESCAPED)}={code.translate(ESCAPED)}"
            for name, code in sorted(dimensions.items())
            if code
        )
