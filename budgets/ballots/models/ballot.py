"""What is put to the vote: the money, the projects, and how people choose."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.ballots.enums import Kind, Proof
from budgets.ballots.models.guards import frozen
from budgets.models import Budget, Organisation
from engage.kit.models import Theme
from engage.places.models import Place
from ideas.models import Idea


class BallotQuerySet(models.QuerySet["Ballot"]):
    def opened(self) -> BallotQuerySet:
        """Those the public may see: frozen, whatever the clock says."""
        return self.filter(version__isnull=False)


class Ballot(models.Model):
    """Its rows change until it is opened; then `version` holds them frozen, and triggers refuse every change.

    Its phase is read from the clock and from what there is (`phase_of`). `most` is how many may be chosen (pick) or
    ranked; `points` how many there are to share out and `points_most` how many one project may get. `closed_at` is
    when the box was opened: from then on nothing more comes in. `revision` grows with every change of the draft.
    `seed_source` names what everybody can look up after voting, to be mixed into the seed of the lot.
    """

    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("what it is about"), max_length=2000, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name=_("who votes: people of"),
        on_delete=models.PROTECT,
        related_name="ballots",
    )
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), default=16)
    proofs = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("how people show that they may vote"),
        default=list,
        blank=True,
        help_text=_("Without one nobody can vote."),
    )
    on_paper = models.BooleanField(_("also on paper"), default=False)
    kind = models.CharField(_("kind of ballot"), max_length=10, choices=Kind.choices, default=Kind.APPROVAL)
    most = models.PositiveSmallIntegerField(_("most projects"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points to share out"), null=True, blank=True)
    points_most = models.PositiveSmallIntegerField(_("most points for one project"), null=True, blank=True)
    rule = models.CharField(_("how it is counted"), max_length=300, blank=True)
    seed_source = models.CharField(_("public value for the lot"), max_length=200, blank=True)
    opens_at = models.DateTimeField(_("voting starts"), null=True, blank=True)
    closes_at = models.DateTimeField(_("voting ends"), null=True, blank=True)
    turnout_shown = models.BooleanField(_("show turnout during voting"), default=False)
    languages = ArrayField(
        models.CharField(max_length=10), verbose_name=_("languages"), default=list, blank=True
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    set_up_at = models.DateTimeField(_("set up"), editable=False)
    set_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["-opens_at", "-id"]
        permissions = [
            ("open_ballot", _("Can open a ballot, close it, count it and publish the count")),
            ("issue_codes", _("Can load the roll, and issue and revoke voting codes")),
            ("enter_paper", _("Can enter paper ballots and help people vote")),
            ("depart_from_count", _("Can depart from a count with a signed decision")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="ballot_ends_after_it_starts",
                violation_error_message=_("Voting must end after it starts."),
            ),
            models.CheckConstraint(condition=Q(most=None) | Q(most__gt=0), name="ballot_most_positive"),
            models.CheckConstraint(condition=Q(points=None) | Q(points__gt=0), name="ballot_points_positive"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ballot_frozen_once_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (SELECT 1 FROM ballots_ballotversion WHERE ballot_id = OLD.id) THEN
                        IF TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL
                           OR to_jsonb(NEW) - 'closed_at' <> to_jsonb(OLD) - 'closed_at' THEN
                            RAISE EXCEPTION 'The ballot is open: nothing of it changes any more'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_frozen';
                        END IF;
                        IF NEW.closed_at IS NOT NULL AND (NEW.closed_at < OLD.closes_at
                           OR NOT EXISTS (SELECT 1 FROM ballots_log WHERE ballot_id = OLD.id)) THEN
                            RAISE EXCEPTION 'A ballot is closed after voting ends, with its log written'
                                USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_closed_with_its_log';
                        END IF;
                    ELSIF TG_OP = 'UPDATE' AND NEW.closed_at IS NOT NULL THEN
                        RAISE EXCEPTION 'A ballot that was never open cannot be closed'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_not_open';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def checks_the_roll(self) -> bool:
        return Proof.ROLL in self.proofs


class Pot(models.Model):
    """Money to share out among the projects of one place, or of the whole council. `budget` pays for the winners."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="pots")
    key = models.SlugField(_("short name"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="+")
    amount_pence = models.BigIntegerField(_("amount"))
    budget = models.ForeignKey(
        Budget,
        verbose_name=_("paid from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pots",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("pot")
        verbose_name_plural = _("pots")
        ordering = ["ballot", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "key"], name="pot_once"),
            models.UniqueConstraint(fields=["ballot", "place"], name="pot_once_a_place"),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0),
                name="pot_positive",
                violation_error_message=_("Enter an amount above £0."),
            ),
        ]
        triggers = [frozen("pot_frozen")]

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """`key` is its number on the paper and in every file (`P7`). Of one `exclusive` group at most one is funded."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="projects")
    pot = models.ForeignKey(Pot, verbose_name=_("pot"), on_delete=models.PROTECT, related_name="projects")
    key = models.SlugField(_("number"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    assessment = models.TextField(_("officer’s assessment"), max_length=4000, blank=True)
    cost_pence = models.BigIntegerField(_("cost"))
    place = models.ForeignKey(Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="+")
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    idea = models.ForeignKey(
        Idea,
        verbose_name=_("idea it grew from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    exclusive = models.SlugField(_("at most one of"), max_length=40, blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("who will carry it out"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    promised_on = models.DateField(_("done by, if it wins"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["ballot", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "key"], name="project_once"),
            models.UniqueConstraint(
                fields=["ballot", "idea"],
                name="project_once_an_idea",
                violation_error_message=_("This idea is on the ballot already."),
            ),
            models.CheckConstraint(
                condition=Q(cost_pence__gte=0),
                name="project_cost_not_negative",
                violation_error_message=_("Enter a cost of £0 or more."),
            ),
            models.CheckConstraint(
                condition=Q(image=None) | ~Q(alt=""),
                name="project_picture_described",
                violation_error_message=_("Say what the picture shows, for people who cannot see it."),
            ),
        ]
        triggers = [frozen("project_frozen")]

    def __str__(self) -> str:
        return self.title
