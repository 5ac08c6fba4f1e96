"""Official figures as the bureau publishes them: with more decimals than any cell of a page has room for."""

from decimal import Decimal

from apps.goals.models import Goal, Indicator, Observation, Series, Target
from apps.indicators.models import IndicatorListItem

LONGEST = Decimal("97.1291866029")


def publish_long_figures() -> None:
    """Give every indicator of a list a long official figure in the region of the list."""
    rows = IndicatorListItem.objects.exclude(code="").values_list("code", "indicator_list__region")
    for code, region in set(rows):
        goal, target = code.split(".")[0], ".".join(code.split(".")[:2])
        Target.objects.get_or_create(
            code=target, defaults={"goal": Goal.objects.get(number=goal), "order": 1}
        )
        indicator, _ = Indicator.objects.get_or_create(code=code, defaults={"target_id": target, "order": 1})
        series, _ = Series.objects.get_or_create(indicator=indicator, defaults={"is_primary": True})
        Observation.objects.create(
            series=series, region_id=region, area_code=region, year=2025, value=LONGEST
        )
