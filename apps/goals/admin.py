"""Operators' pages for the catalogue; official statistics are shown and never typed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin

from apps.goals.models import Goal, Indicator, Observation, Series, Target
from apps.goals.resources import IndicatorResource


@admin.register(Goal)
class GoalAdmin(admin.ModelAdmin):
    list_display = ("number", "title_kk", "title_ru")
    search_fields = ("title_kk", "title_ru", "title_en")


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    list_display = ("code", "title_kk", "title_ru")
    list_filter = ("goal",)
    search_fields = ("code", "title_kk", "title_ru")


class SeriesInline(admin.TabularInline):
    model = Series
    fields = ("position", "code", "unit_code", "name_kk", "name_ru", "is_primary")
    extra = 0


@admin.register(Indicator)
class IndicatorAdmin(ExportMixin, admin.ModelAdmin):
    resource_classes = (IndicatorResource,)
    list_display = ("code", "title_kk", "title_ru", "direction", "reporting_status")
    list_filter = ("target__goal", "direction", "reporting_status")
    search_fields = ("code", "title_kk", "title_ru", "title_en")
    autocomplete_fields = ("target",)
    inlines = (SeriesInline,)


@admin.register(Observation)
class ObservationAdmin(admin.ModelAdmin):
    list_display = ("series", "area_code", "region", "year", "breakdown", "value")
    list_select_related = ("series__indicator", "region")
    list_filter = ("year", "is_total")
    search_fields = ("=series__indicator__code", "=area_code")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
