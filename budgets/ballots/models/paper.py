"""Votes on paper: first who they came from, then, apart from that, what is on them."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.ballots.enums import Invalid
from budgets.ballots.models.ballot import Ballot
from budgets.ballots.models.guards import never_emptied, only_while_open
from engage.places.models import Place


class PaperBatch(models.Model):
    """A bundle of envelopes. `admitted` voters were marked on the roll, `turned_away` had voted or may not vote; their
    envelopes stay shut. The others are opened together at `opened_at`: from then on nobody is admitted, and the papers,
    mixed, are entered without anybody knowing whose they are. `why_few` says why so few were opened by themselves.

    `place`: papers of one place go into one batch, because the pots on them depend on it.
    """

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="paper_batches")
    name = models.CharField(_("name"), max_length=80)
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="+")
    admitted = models.PositiveIntegerField(_("voters admitted"), default=0, editable=False)
    turned_away = models.PositiveIntegerField(_("envelopes turned away"), default=0, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(_("started"))
    opened_at = models.DateTimeField(_("envelopes opened"), null=True, editable=False)
    why_few = models.TextField(_("why so few were opened"), max_length=1000, blank=True, editable=False)
    reconciled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reconciled_at = models.DateTimeField(_("reconciled"), null=True, editable=False)
    valid = models.PositiveIntegerField(_("valid papers"), null=True, editable=False)
    invalid = models.PositiveIntegerField(_("invalid papers"), null=True, editable=False)
    difference = models.TextField(_("why the numbers differ"), max_length=1000, blank=True, editable=False)

    class Meta:
        verbose_name = _("batch of paper ballots")
        verbose_name_plural = _("batches of paper ballots")
        ordering = ["ballot", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "name"], name="paper_batch_once"),
            models.CheckConstraint(
                condition=Q(reconciled_at=None)
                | Q(admitted=F("valid") + F("invalid"))
                | (Q(admitted__gt=F("valid") + F("invalid")) & ~Q(difference="")),
                name="paper_batch_reconciles",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="reconciled_batch_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__reconciled_at__isnull=False),
                func="""RAISE EXCEPTION 'A reconciled batch is kept as it is'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';""",
            ),
            pgtrigger.Trigger(
                name="admitted_one_by_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        IF OLD.admitted = 0 THEN RETURN OLD; END IF;
                    ELSIF NEW.ballot_id = OLD.ballot_id AND (NEW.place_id = OLD.place_id OR OLD.admitted = 0)
                          AND (NEW.admitted = OLD.admitted
                               OR NEW.admitted = OLD.admitted + 1 AND NEW.opened_at IS NULL
                               OR NEW.admitted = OLD.admitted - 1 AND NEW.opened_at IS NULL
                               AND EXISTS (SELECT 1 FROM ballots_correction WHERE batch_id = NEW.id
                                           AND second_by_id IS NOT NULL AND wrong <> '' AND "right" = ''))
                          AND (OLD.opened_at IS NULL OR NEW.opened_at IS NOT NULL) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'Voters are admitted to a batch one by one until it is opened, and stay'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                """,
            ),
            never_emptied("paper_batches_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.name


class Correction(models.Model):
    """A voter who was marked on the roll by mistake, and whose envelope it was; empty when nobody is marked instead.

    Two people read both covers, and the second sees nothing of what the first entered. `wrong` and `right` are HMACs as
    on the roll, and emptied when it is done; from then on it says that a mark was corrected, and why.
    """

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="corrections")
    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="corrections")
    wrong = models.CharField(max_length=64, blank=True)
    right = models.CharField(max_length=64, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("correction of a mark")
        verbose_name_plural = _("corrections of marks")
        ordering = ["batch", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch"], condition=Q(second_by=None), name="one_correction_waits"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & (Q(second_by=None) | ~Q(second_by=F("first_by"))),
                name="correction_by_two_with_reason",
            ),
        ]
        triggers = [
            only_while_open("corrections_come_in"),
            pgtrigger.Trigger(
                name="correction_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        IF OLD.second_by_id IS NULL THEN RETURN OLD; END IF;
                    ELSIF TG_OP = 'INSERT' THEN
                        IF NEW.second_by_id IS NULL AND NEW.wrong <> '' THEN RETURN NEW; END IF;
                    ELSIF to_jsonb(NEW) - 'second_by_id' = to_jsonb(OLD) - 'second_by_id'
                          AND OLD.second_by_id IS NULL
                          OR to_jsonb(NEW) - '{wrong,right}'::text[] = to_jsonb(OLD) - '{wrong,right}'::text[]
                          AND OLD.second_by_id IS NOT NULL AND NEW.wrong = '' AND NEW."right" = '' THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'A correction is entered by one, confirmed by another, and kept'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                """,
            ),
            never_emptied("corrections_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.reason


class Paper(models.Model):
    """One ballot paper, entered by two people who do not see each other's entry. It does not know its voter.

    `first` and `second` are sealed like votes and emptied when the batch is reconciled; `reason` says why it is
    invalid. `agreed` once both entries say the same; until then a number that is no paper can be taken off.
    """

    wagtail_reference_index_ignore = True  # nothing here holds pages or pictures

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="papers")
    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField(_("number in the batch"))
    first = models.BinaryField(default=b"")
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    second = models.BinaryField(default=b"")
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed = models.BooleanField(_("both entries agree"), default=False)
    reason = models.CharField(_("why it is invalid"), max_length=10, choices=Invalid.choices, blank=True)

    class Meta:
        verbose_name = _("paper ballot")
        verbose_name_plural = _("paper ballots")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="paper_once"),
            models.CheckConstraint(
                condition=Q(first_by=None) | Q(second_by=None) | ~Q(first_by=F("second_by")),
                name="paper_entered_by_two",
            ),
        ]
        triggers = [
            only_while_open("papers_come_in"),
            pgtrigger.Trigger(
                name="reconciled_papers_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'INSERT' THEN
                        IF NOT EXISTS (SELECT 1 FROM ballots_paperbatch WHERE id = NEW.batch_id
                                       AND opened_at IS NOT NULL AND NEW.number BETWEEN 1 AND admitted) THEN
                            RAISE EXCEPTION 'There are papers of admitted voters only, once envelopes are opened'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_of_a_voter';
                        END IF;
                    ELSIF TG_OP = 'UPDATE' AND (NEW.batch_id, NEW.number) <> (OLD.batch_id, OLD.number)
                          OR TG_OP = 'DELETE' AND OLD.agreed THEN
                        RAISE EXCEPTION 'A paper keeps its number, and stays once two entries agree'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                    IF EXISTS (SELECT 1 FROM ballots_paperbatch
                               WHERE reconciled_at IS NOT NULL AND id IN (OLD.batch_id, NEW.batch_id)) THEN
                        RAISE EXCEPTION 'A reconciled batch is kept as it is'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                    IF TG_OP = 'DELETE' THEN
                        RETURN OLD;
                    END IF;
                    RETURN NEW;
                """,
            ),
            never_emptied("papers_not_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, {self.number}"
