from django.db import models
from django.urls import reverse

from apps.workflow.models import Paper


class MemoQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_role("ministry_reviewer"):
            return self
        return self.filter(region_id__in=user.regions("akimat_staff"))


class Note(models.Model):
    """A row that an effect writes: by their number one sees how often it ran."""

    memo_key = models.BigIntegerField()
    text = models.CharField(max_length=200)

    def __str__(self):
        return self.text


class Memo(Paper):
    class Status(models.TextChoices):
        DRAFT = "draft", "being written"
        SENT = "sent", "on its way"
        RETURNED = "returned", "sent back"
        AGREED = "agreed", "agreed upon"

    remark_permission = "paperapp.review_memo"
    answer_permission = "paperapp.send_memo"
    round_state = "sent"
    history_words = {"weighed": "weighed by hand"}
    line_model = Note

    region_id = models.CharField(max_length=9)
    text = models.CharField("wording", max_length=200, blank=True)
    is_late = models.BooleanField("late", default=False)
    due_on = models.DateField("due", null=True)
    begun_on = models.DateField("begun", null=True)

    objects = MemoQuerySet.as_manager()

    @property
    def title(self):
        return f"Memo {self.pk}"

    @property
    def audit_chain(self):
        return self.region_id

    def get_absolute_url(self):
        return reverse("workflow:paper_history", kwargs={"model": "paperapp.memo", "pk": self.pk})

    def line_names(self):
        return {
            str(key): f"line {key}"
            for key in Note.objects.filter(memo_key=self.pk).values_list("pk", flat=True)
        }
