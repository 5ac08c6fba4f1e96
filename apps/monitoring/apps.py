from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "apps.monitoring"
    verbose_name = _("Monitoring reports")

    def ready(self) -> None:
        from apps.indicators.succession import followers
        from apps.monitoring import campaign, decisions, documents, terms
        from apps.ui import navigation
        from apps.workflow import marks

        terms.register()
        documents.register_papers()
        decisions.register()
        followers.append(campaign.following)
        marks.register("late", _("after the recommended date"))
        marks.register("without_consideration", _("without the working group’s consideration"))
        marks.register("incomplete", _("not all lines are filled in"))
        marks.register("untranslated", _("not translated in full"))
        navigation.add_section(
            navigation.Section(
                label=_("Report"),
                url_name="monitoring:monitoringreport_list",
                order=30,
                covers=("monitoring:",),
            )
        )
