from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "apps.workflow"
    verbose_name = _("Workflow and audit")

    def ready(self) -> None:
        from apps.workflow import marks
        from apps.workflow.dating import DOUBTFUL

        marks.register(DOUBTFUL, _("the date of the letter is confirmed with a reason"))
