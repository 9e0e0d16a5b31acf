"""Who wants to hear about what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident


class Following(models.Model):
    """`through` says what put it there when it was not the resident's own press: `support`, or `merge:7` for a copy."""

    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="followings"
    )
    topic_kind = models.CharField(_("kind of topic"), max_length=30)
    topic_id = models.BigIntegerField(_("number of the topic"))
    since = models.DateTimeField(_("since"))
    through = models.CharField(_("through"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("following")
        verbose_name_plural = _("followings")
        ordering = ["id"]
        constraints = [
            # In this order it is also the index that walks the followers of a topic in batches.
            models.UniqueConstraint(fields=["topic_kind", "topic_id", "resident"], name="follows_once")
        ]
        indexes = [
            models.Index(fields=["through"], name="following_through", condition=~models.Q(through=""))
        ]

    def __str__(self) -> str:
        return f"{self.topic_kind}.{self.topic_id}"
