"""That one resident was told of one piece of news."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engage.notifications.models.mail import Mail
from engage.notifications.models.news import News
from engage.residents.models import Resident

UNREAD = Q(read_at=None)
WAITING = Q(mail_due_at__isnull=False, mail=None)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> NotificationQuerySet:
        return self.filter(UNREAD)

    def due(self, at: datetime) -> NotificationQuerySet:
        """Those that should be in an email by now and are in none."""
        return self.filter(WAITING, mail_due_at__lte=at)


class Notification(models.Model):
    """`mail_due_at` is when it may go out by email, null for never; `mail` is the email that took it."""

    news = models.ForeignKey(
        News, verbose_name=_("news"), on_delete=models.CASCADE, related_name="notifications"
    )
    resident = models.ForeignKey(
        Resident, verbose_name=_("resident"), on_delete=models.CASCADE, related_name="notifications"
    )
    happened_at = models.DateTimeField(_("happened"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mail_due_at = models.DateTimeField(_("email due"), null=True, blank=True)
    mail = models.ForeignKey(
        Mail,
        verbose_name=_("email"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,  # without its email it would wait for one again
        related_name="notifications",
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-happened_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["news", "resident"], name="told_once")]
        indexes = [
            models.Index(fields=["resident", "-happened_at", "-id"], name="notification_list"),
            models.Index(fields=["resident"], name="notification_unread", condition=UNREAD),
            # Walked in the order of residents, which is how digests are made in batches.
            models.Index(fields=["resident", "mail_due_at"], name="notification_waiting", condition=WAITING),
            models.Index(fields=["happened_at"], name="notification_happened"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
