"""How many could vote, and how many did by what: written when the box is opened, because the rows it counts go then."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.ballots.models.ballot import Ballot
from budgets.ballots.models.guards import append_only, never_emptied


class Reckoning(models.Model):
    """Every voter on the roll is one of three: an elector, the holder of a code alone, or there by their own word.

    `codes_used` are voters who hold a code, electors among them: what they voted by, the roll does not say.
    """

    ballot = models.OneToOneField(
        Ballot, on_delete=models.PROTECT, primary_key=True, related_name="reckoning"
    )
    electors = models.PositiveIntegerField(_("electors"))
    codes = models.PositiveIntegerField(_("codes made"))
    codes_revoked = models.PositiveIntegerField(_("codes revoked"))
    codes_used = models.PositiveIntegerField(_("voters who hold a code"))
    by_elector = models.PositiveIntegerField(_("voters who are electors"))
    by_code = models.PositiveIntegerField(_("voters by a code of no elector"))
    by_word = models.PositiveIntegerField(_("voters by their own word"))

    class Meta:
        verbose_name = _("reckoning of voters")
        verbose_name_plural = _("reckonings of voters")
        constraints = [
            models.CheckConstraint(
                condition=Q(by_elector__lte=F("electors"))
                & Q(by_code__lte=F("codes_used"))
                & Q(codes_used__lte=F("codes"))
                & Q(codes_revoked__lte=F("codes")),
                name="reckoning_within_bounds",
            ),
        ]
        triggers = [
            append_only("reckoning_kept"),
            never_emptied("reckonings_kept"),
            pgtrigger.Trigger(
                name="reckoned_from_the_roll",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("closed", "timestamptz")],
                func="""
                    SELECT closed_at INTO closed FROM ballots_ballot WHERE id = NEW.ballot_id FOR SHARE;
                    IF closed IS NOT NULL
                       OR NEW.by_elector + NEW.by_code + NEW.by_word
                          <> (SELECT count(*) FROM ballots_rollentry WHERE ballot_id = NEW.ballot_id)
                       OR NEW.electors <> (SELECT count(*) FROM ballots_elector WHERE ballot_id = NEW.ballot_id)
                       OR NEW.codes <> (SELECT count(*) FROM ballots_code WHERE ballot_id = NEW.ballot_id) THEN
                        RAISE EXCEPTION 'Voters are reckoned when the box is opened, from what there is'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_closed_with_its_log';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.ballot)
