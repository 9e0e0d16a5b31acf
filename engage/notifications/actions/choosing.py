"""How a resident wants to hear."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from engage.kit.decisions import Denied, Refused
from engage.notifications.enums import Channel
from engage.notifications.kinds import all_kinds
from engage.notifications.models import Notification, Preference
from engage.residents.models import Resident

SILENT = {Channel.SITE, Channel.NONE}


@transaction.atomic
def save_preferences(
    *,
    resident: Resident,
    channels: Mapping[str, str],
    mail_on: bool,
    quiet_from: time | None,
    quiet_until: time | None,
    language: str = "",
) -> Preference:
    """Replace what the resident chose for these kinds. Emails that wait go by the new choice: see `_drop_mail`."""
    if (quiet_from is None) != (quiet_until is None):
        field = "quiet_until" if quiet_until is None else "quiet_from"
        raise Refused(Denied(_("Give both times, or leave both empty."), status=422, field=field))
    if quiet_from is not None and quiet_from == quiet_until:
        sentence = _("The quiet hours would begin and end at the same time. Choose another time.")
        raise Refused(Denied(sentence, status=422, field="quiet_until"))
    known = {kind.key for kind in all_kinds()}
    chosen = {key: str(Channel(channel)) for key, channel in channels.items() if key in known}
    preference = _locked(resident)
    preference.channels = {**preference.channels, **chosen}
    preference.mail_on, preference.language = mail_on, language
    preference.quiet_from, preference.quiet_until = quiet_from, quiet_until
    preference.save()
    silent = [key for key, channel in preference.channels.items() if channel in SILENT]
    _drop_mail(resident, None if not mail_on else silent)
    return preference


@transaction.atomic
def stop_mail(*, resident: Resident) -> None:
    """No more emails of this app, from this moment."""
    preference = _locked(resident)
    preference.mail_on = False
    preference.save(update_fields=["mail_on"])
    _drop_mail(resident, None)


@transaction.atomic
def stop_kind(*, resident: Resident, kind: str) -> None:
    """No more emails about this kind of news; it stays on the site."""
    preference = _locked(resident)
    preference.channels = {**preference.channels, kind: str(Channel.SITE)}
    preference.save(update_fields=["channels"])
    _drop_mail(resident, [kind])


@transaction.atomic
def resume_mail(*, resident: Resident, kind: str = "") -> None:
    """Take stopping back: for one kind, its own default again; without a kind, emails as they were chosen."""
    preference = _locked(resident)
    if kind:
        preference.channels = {key: each for key, each in preference.channels.items() if key != kind}
    else:
        preference.mail_on = True
    preference.save(update_fields=["channels", "mail_on"])


def _locked(resident: Resident) -> Preference:
    Preference.objects.get_or_create(resident=resident)
    return Preference.objects.select_for_update().get(resident=resident)


def _drop_mail(resident: Resident, kinds: list[str] | None) -> None:
    """What waits for an email waits no more: that of these kinds, or all of it."""
    waiting = Notification.objects.filter(resident=resident, mail=None, mail_due_at__isnull=False)
    if kinds is not None:
        waiting = waiting.filter(news__kind__in=kinds)
    waiting.update(mail_due_at=None)
