from django.apps import AppConfig


class PaperappConfig(AppConfig):
    name = "tests.workflow.paperapp"
    label = "paperapp"

    def ready(self):
        from . import workflow  # noqa: F401 - the table of steps registers itself
