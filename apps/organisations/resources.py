"""Reference data as tables for operators' import and export."""

from import_export import resources

from apps.organisations.models import Organisation, Region, StatisticalArea


class RegionResource(resources.ModelResource):
    class Meta:
        model = Region
        import_id_fields = ("code",)
        fields = (
            "code",
            "parent",
            "kind",
            "name_kk",
            "name_ru",
            "name_en",
            "iso_code",
            "closed_on",
            "successor",
        )


class StatisticalAreaResource(resources.ModelResource):
    class Meta:
        model = StatisticalArea
        import_id_fields = ("code",)
        fields = (
            "code",
            "region",
            "name_kk",
            "name_ru",
            "name_en",
            "valid_from_year",
            "valid_to_year",
            "formed_in_year",
        )
        skip_unchanged = True
        clean_model_instances = True


class OrganisationResource(resources.ModelResource):
    class Meta:
        model = Organisation
        fields = ("id", "kind", "region", "parent", "name_kk", "name_ru", "short_kk", "short_ru", "is_active")
        skip_unchanged = True
        clean_model_instances = True
