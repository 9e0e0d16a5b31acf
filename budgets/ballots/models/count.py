"""What came out, what was published of it, and where people decided otherwise."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.ballots.enums import Level
from budgets.ballots.models.ballot import Ballot, Pot, Project
from budgets.ballots.models.guards import append_only, never_emptied
from budgets.models import Award


class Count(models.Model):
    """The count of one pot: `file` is the Pabulib file that was counted, `result` what the engine said of it.

    What a page shows beside it is worked out with it: nobody who reads has the site count again.
    """

    pot = models.OneToOneField(Pot, on_delete=models.PROTECT, related_name="count")
    file = models.TextField(_("the ballots, as a .pb file"))
    result = models.TextField(_("result"))
    rule = models.TextField(_("rule"))
    seed = models.CharField(_("seed of ties"), max_length=64)
    votes = models.PositiveIntegerField(_("ballots counted"))
    blank = models.PositiveIntegerField(_("left blank"))
    unique = models.PositiveIntegerField(_("ballots like no other"))
    winners = models.JSONField(_("winners"))
    supporters = models.JSONField(_("ballots that chose each project"), default=dict)
    compared = models.JSONField(_("winners by each of the other rules"), default=dict)
    input_sha256 = models.CharField(max_length=64)
    output_sha256 = models.CharField(max_length=64)
    counted_at = models.DateTimeField(_("counted"))
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        ordering = ["pot"]
        triggers = [
            append_only("count_kept"),
            never_emptied("counts_kept"),
            pgtrigger.Trigger(
                name="counted_after_close",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM ballots_ballot JOIN ballots_pot ON ballot_id = ballots_ballot.id
                                   WHERE ballots_pot.id = NEW.pot_id AND closed_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'Nothing is counted before the ballot is closed'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_not_closed';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.pot)


class DepartureQuerySet(models.QuerySet["Departure"]):
    def in_force(self) -> DepartureQuerySet:
        """Those that a second person has confirmed."""
        return self.exclude(confirmed_at=None)


class Departure(models.Model):
    """A project funded, or not funded, against the count. Signed, with the reason, and published beside the count.

    It is in force once somebody else has confirmed it. Until then it can be withdrawn, and the count is not published.
    Names and roles are those of that day, for everybody to read.
    """

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="departure")
    funded = models.BooleanField(_("funded all the same"))
    reason = models.TextField(_("reason"), max_length=2000)
    signed_name = models.CharField(_("signed by"), max_length=310)
    signed_role = models.CharField(_("role of who signed"), max_length=20)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"))
    confirmed_name = models.CharField(_("confirmed by"), max_length=310, blank=True)
    confirmed_role = models.CharField(_("role of who confirmed"), max_length=20, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure from the count")
        verbose_name_plural = _("departures from the count")
        ordering = ["project"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(signed_name="") & ~Q(signed_role=""), name="departure_says_why"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("signed_by")),
                name="departure_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None, confirmed_name="", confirmed_role="")
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & ~Q(confirmed_name="")
                    & ~Q(confirmed_role="")
                ),
                name="departure_confirmed_whole",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="departure_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF OLD.confirmed_at IS NULL THEN
                        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                        IF NEW.confirmed_at IS NOT NULL
                           AND to_jsonb(NEW) - '{confirmed_name,confirmed_role,confirmed_by_id,confirmed_at}'::text[]
                             = to_jsonb(OLD) - '{confirmed_name,confirmed_role,confirmed_by_id,confirmed_at}'::text[]
                        THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'A decision is confirmed or withdrawn once, and kept as it was signed'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                """,
            ),
            never_emptied("departures_kept"),
            pgtrigger.Trigger(
                name="departure_before_publication",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.confirmed_at IS NOT NULL THEN
                        RAISE EXCEPTION 'A decision is signed first, and confirmed later'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'departure_confirmed_whole';
                    END IF;
                    IF EXISTS (SELECT 1 FROM ballots_publication JOIN ballots_project USING (ballot_id)
                               WHERE ballots_project.id = NEW.project_id) THEN
                        RAISE EXCEPTION 'The count is published: nobody departs from it any more'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.project)


class Publication(models.Model):
    """The counts of a ballot are public from now on: with all ballots, or totals and the log only, and why."""

    ballot = models.OneToOneField(
        Ballot, on_delete=models.PROTECT, primary_key=True, related_name="publication"
    )
    level = models.CharField(_("published"), max_length=6, choices=Level.choices)
    reason = models.TextField(_("why"), max_length=1000)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("publication of a count")
        verbose_name_plural = _("publications of counts")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="publication_says_why")]
        triggers = [
            append_only("publication_kept"),
            never_emptied("publications_kept"),
            pgtrigger.Trigger(
                name="published_after_the_count",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT 1 FROM ballots_ballot LEFT JOIN ballots_pot ON ballot_id = ballots_ballot.id
                               LEFT JOIN ballots_count ON pot_id = ballots_pot.id
                               WHERE ballots_ballot.id = NEW.ballot_id AND pot_id IS NULL) THEN
                        RAISE EXCEPTION 'Nothing is published before every pot is counted'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_not_counted';
                    END IF;
                    IF EXISTS (SELECT 1 FROM ballots_departure
                               JOIN ballots_project ON ballots_project.id = project_id
                               WHERE ballots_project.ballot_id = NEW.ballot_id AND confirmed_at IS NULL) THEN
                        RAISE EXCEPTION 'A decision against the count waits for its second person'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'departure_waits';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.ballot)


class Won(models.Model):
    """The award a winning project became."""

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="won")
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="won_in")

    class Meta:
        verbose_name = _("winning project")
        verbose_name_plural = _("winning projects")
        ordering = ["project"]
        triggers = [append_only("won_kept"), never_emptied("won_not_emptied")]

    def __str__(self) -> str:
        return str(self.project)


class Milestone(models.Model):
    """A step towards a winning project, by a promised day. A day once promised stays readable: `first_promised_on`."""

    won = models.ForeignKey(Won, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("what will be done"), max_length=120)
    promised_on = models.DateField(_("promised for"))
    first_promised_on = models.DateField(_("first promised for"), editable=False)
    why_moved = models.CharField(_("why the day has moved"), max_length=300, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["won", "promised_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["won", "title"], name="milestone_once"),
            models.CheckConstraint(
                condition=Q(promised_on=F("first_promised_on")) | ~Q(why_moved=""),
                name="milestone_moved_with_reason",
                violation_error_message=_("Say why the day has moved. Everybody reads it."),
            ),
        ]
        triggers = [
            never_emptied("milestones_not_emptied"),
            pgtrigger.Trigger(
                name="first_promise_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' OR NEW.won_id <> OLD.won_id
                       OR NEW.first_promised_on <> OLD.first_promised_on THEN
                        RAISE EXCEPTION 'A day once promised stays readable'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title
