"""Who may vote, and who has: never what."""

from __future__ import annotations

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.ballots.enums import Channel, Hand
from budgets.ballots.models.ballot import Ballot
from budgets.ballots.models.guards import (
    append_only,
    at_the_end,
    kept_until_close,
    never_emptied,
    only_while_open,
)
from engage.places.models import Place


class RollEntry(models.Model):
    """Somebody has voted. `person` is an HMAC under the ballot's secret; once that is destroyed it names nobody.

    No sequence, no time of day, nothing that leads to a vote.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll")
    person = models.CharField(_("person"), max_length=64)
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("how"), max_length=8, choices=Channel.choices)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("entry in the roll")
        verbose_name_plural = _("roll")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "person"], name="voted_once")]
        triggers = [
            only_while_open("roll_takes_votes"),
            at_the_end(
                "votes_on_days_of_voting",
                pgtrigger.Insert,
                """
                    -- The day is the council's: no clock on earth is more than 14 hours from the database's.
                    IF EXISTS (SELECT 1 FROM changed JOIN ballots_ballot ON ballots_ballot.id = ballot_id
                               WHERE channel IN ('online', 'assisted') AND day NOT
                               BETWEEN ((opens_at - interval '14 hours') AT TIME ZONE 'UTC')::date
                               AND ((closes_at + interval '14 hours') AT TIME ZONE 'UTC')::date) THEN
                        RAISE EXCEPTION 'Votes come in while people vote; later only on paper'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_not_open';
                    END IF;
                """,
            ),
            append_only("roll_not_changed", pgtrigger.Update),
            at_the_end(
                "roll_kept",
                pgtrigger.Delete,
                """
                    -- It may be written anew, in another order, by one statement: the same rows, all of them.
                    -- Somebody who was marked by mistake comes off by a correction that two people made.
                    IF EXISTS (SELECT 1 FROM changed WHERE NOT EXISTS (
                               SELECT 1 FROM ballots_rollentry AS kept
                               WHERE kept.id = changed.id AND kept = changed) AND NOT EXISTS (
                               SELECT 1 FROM ballots_correction AS two WHERE two.ballot_id = changed.ballot_id
                               AND wrong = person AND second_by_id IS NOT NULL AND channel = 'paper')) THEN
                        RAISE EXCEPTION 'Whoever has voted stays on the roll'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                """,
            ),
            never_emptied("roll_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.get_channel_display()


class Elector(models.Model):
    """One line of the electoral roll, as two HMACs: `person` of the elector number, `match` of number, last name and
    postcode together. Nothing here can be read as a name. `votes_from`: when somebody will be old enough.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="electors")
    person = models.CharField(max_length=64)
    match = models.CharField(max_length=64)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    votes_from = models.DateField(_("old enough from"), null=True, blank=True)

    class Meta:
        verbose_name = _("elector")
        verbose_name_plural = _("electoral roll")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "person"], name="elector_once"),
            models.UniqueConstraint(fields=["ballot", "match"], name="elector_matches_once"),
        ]
        triggers = [
            at_the_end(
                "electors_come_before_votes",
                pgtrigger.Insert,
                """
                    IF EXISTS (SELECT 1 FROM ballots_ballot
                               WHERE id IN (SELECT DISTINCT ballot_id FROM changed) AND (closed_at IS NOT NULL
                               OR EXISTS (SELECT 1 FROM ballots_rollentry WHERE ballot_id = ballots_ballot.id))) THEN
                        RAISE EXCEPTION 'Nobody comes onto the electoral roll once somebody has voted'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                """,
            ),
            append_only("electors_not_changed", pgtrigger.Update),
            at_the_end(
                "electors_stay_once_somebody_voted",
                pgtrigger.Delete,
                """
                    -- A roll is loaded in place of another until somebody votes, and removed by closing.
                    IF EXISTS (SELECT 1 FROM ballots_ballot
                               WHERE id IN (SELECT DISTINCT ballot_id FROM changed) AND closed_at IS NULL
                               AND EXISTS (SELECT 1 FROM ballots_rollentry WHERE ballot_id = ballots_ballot.id)) THEN
                        RAISE EXCEPTION 'Nobody comes off the electoral roll once somebody has voted'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                """,
            ),
            never_emptied("electors_not_emptied"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CodeBatch(models.Model):
    """Codes that were made together. The codes themselves are shown once, to be printed, and never stored."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="code_batches")
    hand = models.CharField(_("how they are given out"), max_length=4, choices=Hand.choices)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("what for"), max_length=200, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        verbose_name = _("batch of codes")
        verbose_name_plural = _("batches of codes")
        ordering = ["ballot", "id"]

    def __str__(self) -> str:
        return f"{self.get_hand_display()} {self.pk}"


class Code(models.Model):
    """One code, good for one vote. `serial` stands on the letter, so that it can be revoked by whoever lost it.

    `digest` is an HMAC of the code. `person` is the elector's when it was made for one, else the code's own.
    """

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="codes")
    batch = models.ForeignKey(CodeBatch, on_delete=models.CASCADE, related_name="codes")
    serial = models.CharField(_("number of the letter"), max_length=20)
    digest = models.CharField(max_length=64)
    person = models.CharField(max_length=64)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_why = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        ordering = ["ballot", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "serial"], name="code_serial_once"),
            models.UniqueConstraint(fields=["ballot", "digest"], name="code_once"),
            models.UniqueConstraint(
                fields=["ballot", "person"], condition=Q(revoked_at=None), name="one_good_code_a_person"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_why=""), name="code_revoked_with_reason"
            ),
        ]
        triggers = [
            kept_until_close("codes_kept_until_close"),
            pgtrigger.Trigger(
                name="codes_only_revoked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF to_jsonb(NEW) - '{revoked_at,revoked_by_id,revoked_why}'::text[]
                       = to_jsonb(OLD) - '{revoked_at,revoked_by_id,revoked_why}'::text[]
                       AND (OLD.revoked_at IS NULL OR NEW.revoked_at IS NOT NULL) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'A code is kept until the ballot closes; it can be revoked'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                """,
            ),
            never_emptied("codes_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.serial


class Help(models.Model):
    """How many people an officer helped to vote on a day. The votes are among all others."""

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="help")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    day = models.DateField(_("day"))
    people = models.PositiveIntegerField(_("people"), default=0)

    class Meta:
        verbose_name = _("help with voting")
        verbose_name_plural = _("help with voting")
        ordering = ["ballot", "day", "by"]
        constraints = [models.UniqueConstraint(fields=["ballot", "by", "day"], name="help_once_a_day")]

    def __str__(self) -> str:
        return f"{self.by}, {self.day}"
