"""What a group tells the council once: who acts for it, who signs, and where its money goes."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from budgets.grants.enums import MemberRole
from budgets.models import Organisation
from engage.kit.secrets import MarkField, SecretField


class Profile(models.Model):
    """What an organisation says of itself, beyond its name and numbers. Only its members and officers read it."""

    organisation = models.OneToOneField(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="profile"
    )
    about = models.TextField(_("what the group does"), max_length=1500)
    address = models.CharField(_("address"), max_length=300)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    founded = models.PositiveSmallIntegerField(_("year it began"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)

    class Meta:
        verbose_name = _("group's profile")
        verbose_name_plural = _("groups' profiles")
        ordering = ["organisation"]

    def __str__(self) -> str:
        return str(self.organisation)


class Member(models.Model):
    """Somebody who acts for a group here."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="members"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=8, choices=MemberRole.choices, default=MemberRole.HELPER)
    joined_at = models.DateTimeField(_("joined"))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["organisation", "joined_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "account"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.account} – {self.organisation}"


class Claim(models.Model):
    """Somebody says that they act for an organisation in the books already. An officer finds out and answers."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="claims"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="group_claims",
    )
    role_there = models.CharField(_("what they do in the group"), max_length=200)
    made_at = models.DateTimeField(_("asked"))
    settled_at = models.DateTimeField(_("answered"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted = models.BooleanField(_("accepted"), default=False)
    how = models.CharField(_("how it was found out"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("claim to a group")
        verbose_name_plural = _("claims to groups")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "account"], condition=Q(settled_at=None), name="claimed_once"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, accepted=False) | (Q(settled_at__isnull=False) & ~Q(how="")),
                name="claim_settled_says_how",
                violation_error_message=_("Say how you found out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} – {self.organisation}"


class Invitation(models.Model):
    """A colleague asked by email to act for a group. The link's token is kept as its hash alone."""

    KEPT_DAYS = 14

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email"))
    role = models.CharField(_("role"), max_length=8, choices=MemberRole.choices, default=MemberRole.HELPER)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"))
    sent_at = models.DateTimeField(_("emailed"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]
        constraints = [models.UniqueConstraint(fields=["organisation", "email"], name="invited_once")]

    def __str__(self) -> str:
        return self.email


class Signatory(models.Model):
    """One of at least two people who sign for the group and are not related to each other.

    They sign from an account with `email`; those who gave none, before it was asked for, cannot sign. Who is named
    while an application of the group is with the council `waits`, until somebody else has confirmed them.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role in the group"), max_length=80)
    email = models.EmailField(_("email"), blank=True)
    household = models.CharField(
        _("home address"),
        max_length=200,
        help_text=_("So that we can see that the two do not live together. Only officers read it."),
    )
    unrelated = models.BooleanField(_("is not related to the other signatories"), default=False)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    named_at = models.DateTimeField(_("named"), null=True)
    waits = models.BooleanField(_("waits to be confirmed"), default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    how = models.CharField(_("how it was found out"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["organisation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="signatory_once"),
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=~Q(email=""),
                name="signatory_has_own_email",
                violation_error_message=_("Each person signs with an email address of their own."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(named_by=None) | ~Q(confirmed_by=F("named_by")),
                name="signatory_confirmed_by_another",
                violation_error_message=_("Somebody else must confirm the person you named."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_at__isnull=False, waits=False) & ~Q(how=""),
                name="signatory_confirmed_or_not",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signatory_is_not_swapped",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("waits"),
                func="""
                    IF TG_OP = 'UPDATE' AND OLD.waits AND NOT NEW.waits AND NEW.confirmed_by_id IS NULL
                    OR TG_OP = 'INSERT' AND NOT NEW.waits AND EXISTS (
                        SELECT 1 FROM grants_application
                        WHERE organisation_id = NEW.organisation_id
                            AND status NOT IN ('draft', 'declined', 'withdrawn', 'closed')
                    ) THEN
                        RAISE EXCEPTION 'Somebody else has to confirm who signs from now on'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'signatory_is_not_swapped';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankAccount(models.Model):
    """Where a group's money goes. Rows are added, never changed: the newest confirmed one is paid.

    Sort code and number are stored encrypted and never shown whole; `number_ends` is all that people see, and `mark`
    tells which groups have the same account. Somebody
    other than whoever entered it must confirm it, before the first payment and after every change.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bank_accounts")
    holder = models.CharField(_("name on the account"), max_length=120)
    sort_code = SecretField(_("sort code"))
    number = SecretField(_("account number"))
    mark = MarkField(of=["sort_code", "number"])
    number_ends = models.CharField(_("last digits"), max_length=4)
    # Empty when whoever entered it has left: a person may go, and the record still says by number who it was.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    how = models.CharField(_("how it was confirmed"), max_length=300, blank=True)
    refused_at = models.DateTimeField(_("refused"), null=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_reason = models.CharField(_("why they were refused"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-entered_at", "-id"]
        permissions = [("confirm_bank", _("Can confirm a group's bank details"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="bank_confirmed_by_another",
                violation_error_message=_("Somebody else must confirm the bank details you entered."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, refused_at=None),
                name="bank_confirmed_or_not",
            ),
            models.CheckConstraint(
                condition=Q(refused_at=None, refused_by=None)
                | Q(refused_at__isnull=False, refused_by__isnull=False) & ~Q(refused_reason=""),
                name="bank_refused_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.number_ends}"
