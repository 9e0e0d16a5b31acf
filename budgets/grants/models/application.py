"""A group asking for money, from the first word to the last report."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import DocumentKind, FunderAnswer, SpendKind, Status
from budgets.grants.models.scheme import Scheme
from budgets.models import Award, Budget, Organisation
from engage.kit.models import Theme
from engage.kit.storage import private
from engage.places.models import Place
from ideas.models import Idea


class Application(models.Model):
    """What is asked, why, and where it stands. Fields may be empty in a draft; `submit_application` asks for all.

    `status` moves only along `rules/flow.py`. `reference` is given on submission. `version` grows with every change;
    `changed_at` is when the group last changed what it wrote or attached.
    """

    scheme = models.ForeignKey(
        Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="applications"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="applications"
    )
    idea = models.ForeignKey(
        Idea,
        verbose_name=_("idea it grew from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="applications",
    )
    reference = models.CharField(
        _("reference"), max_length=20, null=True, blank=True, unique=True, editable=False
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.DRAFT,
        db_index=True,
        editable=False,
    )
    title = models.CharField(_("title"), max_length=140, blank=True)
    summary = models.TextField(_("what the money is for"), max_length=2000, blank=True)
    need = models.TextField(_("why it is needed, and how you know"), max_length=2000, blank=True)
    last_resort = models.TextField(_("why nobody else can pay"), max_length=1000, blank=True)
    who_benefits = models.TextField(_("who benefits"), max_length=1000, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name=_("place that benefits"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    spend_kind = models.CharField(_("kind of spending"), max_length=8, choices=SpendKind.choices, blank=True)
    environmental = models.BooleanField(_("it helps the environment"), default=False)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    declared = models.BooleanField(_("declaration signed"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="grants_checked",
    )
    status_since = models.DateTimeField(_("in this status since"), db_index=True)
    changed_at = models.DateTimeField(_("last changed by the group"), null=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-created_at", "-id"]
        permissions = [
            ("check_application", _("Can check applications against the principles")),
            ("override_check", _("Can override a block or an overdue report, with a reason")),
            ("decide_as_officer", _("Can decide where the councillor may not")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="application_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(submitted_at__isnull=False, reference__isnull=False),
                name="application_submitted_has_reference",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="application_ends_after_start",
                violation_error_message=_("It cannot end before it starts."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="application_keeps_sight_of_money",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                declare=[("out", "bigint"), ("waiting", "bigint"), ("let_go", "bigint")],
                func="""
                    IF NEW.status = OLD.status OR NEW.status NOT IN ('declined', 'withdrawn', 'closed') THEN
                        RETURN NEW;
                    END IF;
                    SELECT coalesce(sum(award.spent_pence), 0) INTO out
                        FROM budgets_award award JOIN grants_ask ask ON ask.award_id = award.id
                        WHERE ask.application_id = NEW.id;
                    SELECT count(*) FILTER (WHERE back.ended_at IS NULL),
                           coalesce(sum(back.amount_pence - back.recovered_pence), 0)
                        INTO waiting, let_go
                        FROM grants_recovery back JOIN grants_ask ask ON ask.award_id = back.award_id
                        WHERE ask.application_id = NEW.id;
                    IF NEW.status <> 'closed' AND out > 0 THEN
                        RAISE EXCEPTION 'Money of this grant is with the group'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'paid_is_not_withdrawn';
                    END IF;
                    IF NEW.status = 'closed' AND waiting > 0 THEN
                        RAISE EXCEPTION 'Money of this grant is still asked back'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_asks_nothing_back';
                    END IF;
                    IF NEW.status = 'closed' AND out > let_go AND EXISTS (
                        SELECT 1 FROM grants_report
                        WHERE application_id = NEW.id AND final AND accepted_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'The last report of this grant is not accepted'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_has_reported';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("An application without a title"))


class Ask(models.Model):
    """How much of it one budget is asked for: one for most applications, several for a joint grant.

    When it is approved, it has its `award`, which from then on knows the money.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="asks")
    budget = models.ForeignKey(
        Budget, verbose_name=_("budget"), on_delete=models.PROTECT, related_name="asks"
    )
    amount_pence = models.BigIntegerField(_("amount"))
    supported_at = models.DateTimeField(_("supported by the councillor"), null=True, editable=False)
    supported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    award = models.OneToOneField(
        Award,
        verbose_name=_("award"),
        null=True,
        on_delete=models.PROTECT,
        related_name="ask",
        editable=False,
    )

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["application", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "budget"],
                name="asked_once_of_a_budget",
                violation_error_message=_("This budget is already asked."),
            ),
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0),
                name="ask_positive",
                violation_error_message=_("Enter an amount above £0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.budget}"


class Cost(models.Model):
    """One line of what the project costs in all. The lines add up to what is asked and what others give."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="costs")
    what = models.CharField(_("what is paid for"), max_length=140)
    amount_pence = models.BigIntegerField(_("cost"))

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["application", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0),
                name="cost_positive",
                violation_error_message=_("Enter an amount above £0."),
            )
        ]

    def __str__(self) -> str:
        return self.what


class Funder(models.Model):
    """Somebody else who was asked to pay, and what they said. Own money of the group counts too."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="funders")
    name = models.CharField(_("who was asked"), max_length=140)
    amount_pence = models.BigIntegerField(_("amount"))
    answer = models.CharField(_("what they said"), max_length=8, choices=FunderAnswer.choices)

    class Meta:
        verbose_name = _("other funder")
        verbose_name_plural = _("other funders")
        ordering = ["application", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_pence__gt=0),
                name="funder_positive",
                violation_error_message=_("Enter an amount above £0."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Expected(models.Model):
    """An outcome the group expects, with its number; it becomes the forecast of the award's outcome."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="expected")
    measure = models.CharField(_("what will be counted"), max_length=120)
    number = models.PositiveIntegerField(_("how many"))

    class Meta:
        verbose_name = _("expected outcome")
        verbose_name_plural = _("expected outcomes")
        ordering = ["application", "id"]
        constraints = [models.UniqueConstraint(fields=["application", "measure"], name="expected_once")]

    def __str__(self) -> str:
        return self.measure


class Document(models.Model):
    """A private file of an application or a report, kept outside the public media folder and never executed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind.choices)
    file = models.FileField(_("file"), storage=private, upload_to="grants/%Y/", max_length=200)
    name = models.CharField(_("name of the file"), max_length=150)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["application", "kind", "id"]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One move of an application through its flow. Append-only by habit; the audit record holds the proof.

    `note` is for the group and officers; `public_note` is shown to everybody on the award's life line.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(_("note"), blank=True)
    public_note = models.TextField(_("public note"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["application", "at", "id"]

    def __str__(self) -> str:
        return self.get_status_display()


class Message(models.Model):
    """A question of the officer or an answer of the group."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    from_officer = models.BooleanField(default=False)
    body = models.TextField(_("message"), max_length=3000)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["application", "at", "id"]

    def __str__(self) -> str:
        return self.body[:60]
