"""Something that happened, as it is told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class News(models.Model):
    """One happening, however many are told of it. Holds numbers and codes, never words that somebody wrote.

    `key` is unique, so a happening that is reported twice is told once. `topics` are those whose
    followers hear of it, `also` and `but_not` residents by number. Telling goes through the residents in the order
    of their numbers: `told_up_to` is how far it has come, so that it goes on there after a crash.
    """

    kind = models.CharField(_("kind"), max_length=40)
    topic_kind = models.CharField(_("kind of topic"), max_length=30)
    topic_id = models.BigIntegerField(_("number of the topic"))
    data = models.JSONField(_("details"), default=dict)
    happened_at = models.DateTimeField(_("happened"))
    key = models.CharField(_("key"), max_length=160, unique=True)
    topics = models.JSONField(_("told to followers of"), default=list)
    also = models.JSONField(_("told as well"), default=list)
    but_not = models.JSONField(_("not told"), default=list)
    told_up_to = models.BigIntegerField(_("told up to resident"), default=0)
    told_at = models.DateTimeField(_("all were told"), null=True, blank=True)

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["-happened_at", "-id"]
        indexes = [
            models.Index(fields=["id"], name="news_to_be_told", condition=models.Q(told_at=None)),
            models.Index(fields=["happened_at"], name="news_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.topic_kind}.{self.topic_id}"
