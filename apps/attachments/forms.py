"""Taking in a scan: one field that every form with an upload uses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.attachments.content import media_type_of
from apps.attachments.models import Attachment


class AttachmentField(forms.FileField):
    """A scan as PDF, JPEG or PNG, judged by its content, of 20 MB at most."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Choose a file."),
        "invalid": _("The file did not arrive. Choose it once more."),
        "missing": _("The file did not arrive. Choose it once more."),
        "empty": _("The file is empty."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Scan of the signed original"))
        kwargs.setdefault("help_text", _("PDF, JPEG or PNG, 20 MB at most"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ".pdf,.jpg,.jpeg,.png"}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            media_type_of(upload)
        return upload


class UploadForm(forms.Form):
    """Attach one file to a paper outside of a step: `form.save(paper, purpose="…", user=request.user)`.

    A valid form has put its file away, so that no transaction has to.
    """

    file = AttachmentField(label=_("File"))

    def clean_file(self) -> Attachment:
        return Attachment.objects.store(self.cleaned_data["file"])

    def save(self, subject: models.Model, *, purpose: str, user: Any) -> Attachment:
        return Attachment.objects.attach(subject, self.cleaned_data["file"], purpose=purpose, user=user)
