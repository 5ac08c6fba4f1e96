"""Pages of the lists of indicators."""

from apps.indicators.views.beginnings import IndicatorListCreate, IndicatorListOnPaper
from apps.indicators.views.editor import IndicatorListCells, IndicatorListDetail
from apps.indicators.views.overview import IndicatorListList, TypicalListDetail
from apps.indicators.views.paste import IndicatorListPaste
from apps.indicators.views.rows import ItemsFromTypicalList, ItemUpdate
from apps.indicators.views.translation import IndicatorListTranslation

__all__ = [
    "IndicatorListCells",
    "IndicatorListCreate",
    "IndicatorListDetail",
    "IndicatorListList",
    "IndicatorListOnPaper",
    "IndicatorListPaste",
    "IndicatorListTranslation",
    "ItemUpdate",
    "ItemsFromTypicalList",
    "TypicalListDetail",
]
