from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "apps.indicators"
    verbose_name = _("Indicators")

    def ready(self) -> None:
        """Make the lists' papers, workflow, marks, decisions and pages known to the apps below."""
        from apps.indicators import decisions, documents, workflow  # noqa: F401
        from apps.ui.navigation import Section, add_section
        from apps.workflow import marks

        marks.register("without_recommendation", _("without a recommendation of the working group"))
        marks.register("without_agreement", _("without agreement with the ministry"))
        marks.register("retrospective", _("entered retrospectively"))
        marks.register("incomplete_rows", _("not all lines are filled in"))
        marks.register("untranslated_rows", _("not translated in full"))
        marks.register("repeated_rows", _("an indicator stands in the list twice"))
        marks.register("rows_to_check", _("some values are to be checked"))
        marks.register("open_remarks", _("agreed with obligatory remarks open"))
        add_section(Section(_("List"), "indicators:indicatorlist_list", order=20, covers=("indicators:",)))
