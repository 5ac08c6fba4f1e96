from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "apps.meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from apps.documents.papers import register
        from apps.meetings import workflow  # noqa: F401 - the table of transitions registers itself
        from apps.meetings.documents import protocol_kind
        from apps.ui.navigation import Section, add_section
        from apps.workflow import marks

        marks.register("number_twice", _("the number is used twice in the year"))
        register(protocol_kind)
        add_section(Section(_("Meetings"), "meetings:meeting_list", 40, covers=("meetings:", "groups:")))
