"""What was chosen: sealed until the ballot closes, then opened in random order. Never by whom."""

from __future__ import annotations

from uuid import uuid4

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.ballots.models.ballot import Ballot
from budgets.ballots.models.guards import append_only, kept_until_close, never_emptied, only_while_open


class SealedVote(models.Model):
    """What one voter chose for one pot, encrypted and of the same length for everybody.

    `handle` finds it again when its voter votes again; it is another one in every pot, so the rows of one voter do
    not show as such. When the ballot closes all of these are opened and deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="sealed_votes")
    pot = models.SlugField(max_length=40)
    handle = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("sealed vote")
        verbose_name_plural = _("sealed votes")
        triggers = [
            only_while_open("sealed_votes_come_in"),
            only_while_open("sealed_votes_change", pgtrigger.Update),
            kept_until_close("sealed_votes_kept_until_close"),
            never_emptied("sealed_votes_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.pot


class Receipt(models.Model):
    """One for each ballot paper: `commitment` goes into the published log, and only its voter has the code for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="receipts")
    commitment = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["ballot", "commitment"], name="receipt_once")]
        triggers = [
            only_while_open("receipts_come_in"),
            append_only("receipts_not_changed", pgtrigger.Update),
            kept_until_close("receipts_kept_until_close"),
            never_emptied("receipts_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.commitment[:12]


class OpenedVote(models.Model):
    """What somebody chose for one pot, written in random order with a fresh id when the ballot closed.

    `marks` is a list of project keys, in order when ranked, or of [key, points].
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="opened_votes")
    pot = models.SlugField(max_length=40)
    marks = models.JSONField()

    class Meta:
        verbose_name = _("opened vote")
        verbose_name_plural = _("opened votes")
        indexes = [models.Index(fields=["ballot", "pot"], name="opened_vote_pot")]
        triggers = [
            only_while_open("votes_opened_at_close"),
            append_only("opened_votes_kept"),
            never_emptied("opened_votes_not_emptied"),
        ]

    def __str__(self) -> str:
        return self.pot


class Leaf(models.Model):
    """One line of the log of receipts, in the random order in which it was drawn at close."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="leaves")
    number = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("log of receipts")
        ordering = ["ballot", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="leaf_once"),
            models.UniqueConstraint(fields=["ballot", "commitment"], name="leaf_of_one_receipt"),
        ]
        triggers = [
            only_while_open("log_written_at_close"),
            append_only("log_kept"),
            never_emptied("log_not_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.commitment[:12]}"


class Log(models.Model):
    """The head of the log: how many ballot papers there are, and the Merkle root over their commitments."""

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, primary_key=True, related_name="log")
    size = models.PositiveIntegerField(_("ballot papers"))
    root = models.CharField(_("root"), max_length=64)

    class Meta:
        verbose_name = _("log")
        verbose_name_plural = _("logs")
        triggers = [
            append_only("log_head_kept"),
            never_emptied("log_heads_kept"),
            pgtrigger.Trigger(
                name="log_head_of_the_whole_box",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("closed", "timestamptz")],
                func="""
                    SELECT closed_at INTO closed FROM ballots_ballot WHERE id = NEW.ballot_id FOR SHARE;
                    IF closed IS NOT NULL
                       OR NOT EXISTS (SELECT 1 FROM ballots_ballotversion WHERE ballot_id = NEW.ballot_id)
                       OR NEW.size <> (SELECT count(*) FROM ballots_leaf WHERE ballot_id = NEW.ballot_id)
                       OR NEW.size <> (SELECT count(*) FROM ballots_receipt WHERE ballot_id = NEW.ballot_id)
                       OR (SELECT count(*) FROM ballots_openedvote WHERE ballot_id = NEW.ballot_id)
                          <> (SELECT count(*) FROM ballots_sealedvote WHERE ballot_id = NEW.ballot_id) THEN
                        RAISE EXCEPTION 'The log is closed over all receipts, with all votes opened'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_closed_with_its_log';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.root
