"""What a call asks beside the idea itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from ideas.enums import QuestionKind
from ideas.models.call import Call
from ideas.models.idea import Idea


class CallQuestion(models.Model):
    """`choices` has one choice a line. Replies to a question that is not `public` are for staff alone."""

    call = ParentalKey(Call, verbose_name=_("call"), on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("question"), max_length=200)
    help_text = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind.choices)
    choices = models.TextField(_("choices"), blank=True, help_text=_("One on each line."))
    required = models.BooleanField(_("must be answered"), default=False)
    public = models.BooleanField(_("everyone can read the reply"), default=True)

    sort_order_field = "order"

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=[QuestionKind.ONE_OF, QuestionKind.SEVERAL_OF]) | ~Q(choices=""),
                name="question_has_its_choices",
                violation_error_message=_("Write what can be chosen, one choice on each line."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def offered(self) -> list[str]:
        return [choice for line in self.choices.splitlines() if (choice := line.strip())]


class QuestionReply(models.Model):
    """`value` is text, true or false, a number, a date as text (2027-06-08), or a list of choices."""

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="replies")
    question = models.ForeignKey(
        CallQuestion, verbose_name=_("question"), on_delete=models.PROTECT, related_name="replies"
    )
    value = models.JSONField(_("reply"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["question__order", "question_id"]
        constraints = [models.UniqueConstraint(fields=["idea", "question"], name="reply_once")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.value}"
