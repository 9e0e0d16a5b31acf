"""One movement of money: the journal."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import EntryKind
from budgets.models.award import Award
from budgets.models.budget import Budget


class Entry(models.Model):
    """Append-only and chained by hash per budget.

    Inserting a row is what moves the balances: the trigger `entry_posts` locks the budget, numbers and hashes
    the entry, and adds it to budget and award, whose constraints refuse what does not fit. So no statement,
    from our code or from a database console, can move money without a line in the journal.

    `amount_pence` is positive, except that an allocation or a transfer may take money away again. A transfer is
    two entries with the budgets as each other's `counterpart`. `key` makes the entry idempotent: posting the
    same key again fails on `entry_key_once`. `rules/chain.py` computes the same hash outside the database.
    """

    budget = models.ForeignKey(
        Budget, verbose_name=_("budget"), on_delete=models.PROTECT, related_name="entries"
    )
    award = models.ForeignKey(
        Award,
        verbose_name=_("award"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    counterpart = models.ForeignKey(
        Budget,
        verbose_name=_("other budget"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    amount_pence = models.BigIntegerField(_("amount"))
    posted_on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    key = models.CharField(_("key"), max_length=150)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    sequence = models.PositiveIntegerField(_("number"), default=0, editable=False)
    previous_hash = models.CharField(_("previous hash"), max_length=64, default="", editable=False)
    hash = models.CharField(_("hash"), max_length=64, default="", editable=False)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["budget", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["key"], name="entry_key_once"),
            models.UniqueConstraint(fields=["budget", "sequence"], name="entry_number_once"),
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0)
                | (Q(kind__in=[EntryKind.ALLOCATE, EntryKind.TRANSFER]) & ~Q(amount_pence=0)),
                name="entry_amount_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[EntryKind.ALLOCATE, EntryKind.TRANSFER], award=None)
                | (~Q(kind__in=[EntryKind.ALLOCATE, EntryKind.TRANSFER]) & Q(award__isnull=False)),
                name="entry_award_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.TRANSFER, counterpart__isnull=False)
                | (~Q(kind=EntryKind.TRANSFER) & Q(counterpart=None)),
                name="entry_counterpart_fits_kind",
            ),
            models.CheckConstraint(condition=~Q(key__contains="|"), name="entry_key_has_no_bar"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="entry_posts",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("head", "budgets_budget%ROWTYPE"), ("home", "bigint")],
                func="""
                    SELECT * INTO head FROM budgets_budget WHERE id = NEW.budget_id FOR UPDATE;
                    IF NEW.award_id IS NOT NULL THEN
                        SELECT budget_id INTO home FROM budgets_award WHERE id = NEW.award_id FOR UPDATE;
                        IF home IS DISTINCT FROM NEW.budget_id THEN
                            RAISE EXCEPTION 'The award belongs to another budget'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_award_of_this_budget';
                        END IF;
                    END IF;
                    NEW.sequence := head.entries_count + 1;
                    NEW.previous_hash := head.head_hash;
                    NEW.hash := encode(sha256(convert_to(concat_ws('|',
                        NEW.previous_hash, NEW.budget_id, NEW.sequence, NEW.kind, NEW.amount_pence,
                        coalesce(NEW.award_id::text, ''), coalesce(NEW.counterpart_id::text, ''),
                        to_char(NEW.posted_on, 'YYYY-MM-DD'), NEW.key, NEW.note), 'UTF8')), 'hex');
                    IF NEW.award_id IS NOT NULL THEN
                        UPDATE budgets_award SET
                            awarded_pence = awarded_pence
                                + CASE NEW.kind WHEN 'commit' THEN NEW.amount_pence ELSE 0 END,
                            committed_pence = committed_pence
                                + CASE NEW.kind WHEN 'commit' THEN NEW.amount_pence
                                                WHEN 'release' THEN -NEW.amount_pence
                                                WHEN 'pay' THEN -NEW.amount_pence ELSE 0 END,
                            spent_pence = spent_pence
                                + CASE NEW.kind WHEN 'pay' THEN NEW.amount_pence
                                                WHEN 'refund' THEN -NEW.amount_pence ELSE 0 END
                        WHERE id = NEW.award_id;
                    END IF;
                    UPDATE budgets_budget SET
                        allocated_pence = allocated_pence
                            + CASE WHEN NEW.kind IN ('allocate', 'transfer') THEN NEW.amount_pence ELSE 0 END,
                        committed_pence = committed_pence
                            + CASE NEW.kind WHEN 'commit' THEN NEW.amount_pence
                                            WHEN 'release' THEN -NEW.amount_pence
                                            WHEN 'pay' THEN -NEW.amount_pence ELSE 0 END,
                        spent_pence = spent_pence
                            + CASE NEW.kind WHEN 'pay' THEN NEW.amount_pence
                                            WHEN 'refund' THEN -NEW.amount_pence ELSE 0 END,
                        entries_count = NEW.sequence,
                        head_hash = NEW.hash
                    WHERE id = NEW.budget_id;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="entry_append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    RAISE EXCEPTION 'The journal is append-only: correct an entry with a new one'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_append_only';
                """,
            ),
            pgtrigger.Trigger(
                name="entry_not_truncated",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="""
                    RAISE EXCEPTION 'The journal is append-only: it cannot be emptied'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_append_only';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget_id}/{self.sequence} {self.kind} {self.amount_pence}"
