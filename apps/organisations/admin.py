"""Operators' pages for the reference data of territories and bodies."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from import_export.admin import ExportMixin, ImportExportMixin

from apps.organisations.models import DataImport, Organisation, Region, StatisticalArea
from apps.organisations.resources import OrganisationResource, RegionResource, StatisticalAreaResource


@admin.register(Region)
class RegionAdmin(ExportMixin, admin.ModelAdmin):
    """Territories come from the classifier; here an operator mends names, reporting and successors."""

    resource_classes = (RegionResource,)
    list_display = ("code", "name_kk", "name_ru", "kind", "is_reporting", "closed_on")
    list_filter = ("kind", "is_reporting", "edition")
    search_fields = ("code", "name_kk", "name_ru")
    autocomplete_fields = ("parent", "successor")
    readonly_fields = ("print_kk", "print_ru", "edition")


@admin.register(StatisticalArea)
class StatisticalAreaAdmin(ImportExportMixin, admin.ModelAdmin):
    resource_classes = (StatisticalAreaResource,)
    list_display = ("code", "name_kk", "name_ru", "region", "valid_from_year", "valid_to_year")
    list_select_related = ("region",)
    search_fields = ("code", "name_kk", "name_ru")
    autocomplete_fields = ("region",)


@admin.register(Organisation)
class OrganisationAdmin(ImportExportMixin, admin.ModelAdmin):
    resource_classes = (OrganisationResource,)
    list_display = ("name_kk", "name_ru", "kind", "region", "is_active")
    list_select_related = ("region",)
    list_filter = ("kind", "is_active")
    search_fields = ("name_kk", "name_ru", "region__code")
    autocomplete_fields = ("region", "parent")


@admin.register(DataImport)
class DataImportAdmin(admin.ModelAdmin):
    list_display = ("moment", "command", "source", "stored", "unchanged", "refused")
    list_filter = ("command",)
    date_hierarchy = "moment"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
