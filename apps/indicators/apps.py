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
        add_section(Section(_("List"), "indicators:indicatorlist_list", order=20, covers=("indicators:",)))
