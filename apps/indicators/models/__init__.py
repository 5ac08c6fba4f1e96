"""The typical list and the regions' lists of SDG indicators: Annex 1 (points 14 to 22)."""

from apps.indicators.models.lists import IndicatorList, IndicatorListItem
from apps.indicators.models.typical import Classification, TypicalList, TypicalListItem

__all__ = ["Classification", "IndicatorList", "IndicatorListItem", "TypicalList", "TypicalListItem"]
