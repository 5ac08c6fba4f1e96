"""The catalogue of indicators as a table."""

from import_export import resources

from apps.goals.models import Indicator


class IndicatorResource(resources.ModelResource):
    class Meta:
        model = Indicator
        fields = ("code", "target", "title_kk", "title_ru", "title_en", "unit_kk", "unit_ru", "direction")
