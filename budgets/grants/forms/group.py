"""What a group tells of itself, who signs for it, where its money goes, and who acts for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.enums import OrganisationKind
from budgets.grants.actions import GroupFacts
from budgets.grants.enums import MemberRole
from budgets.grants.models import Profile
from budgets.grants.permissions.group import NAMED_BY
from budgets.models import Organisation
from engage.kit.decisions import Words
from ideas.forms.common import TOO_LONG


def _words(label: Any, limit: int, missing: Any = None, *, rows: int = 0, **more: Any) -> forms.CharField:
    """A box for words: optional unless there is a sentence for when it is `missing`."""
    errors = {"max_length": TOO_LONG, **({"required": missing} if missing else {})}
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    more.setdefault("widget", widget)
    return forms.CharField(
        label=label, max_length=limit, required=missing is not None, error_messages=errors, **more
    )


class GroupForm(forms.Form):
    """`facts` are what the verbs take."""

    name = _words(_("Name of the group"), 200, _("Enter the name of the group."))
    kind = forms.ChoiceField(
        label=_("What kind of group is it?"),
        choices=OrganisationKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of group it is.")},
    )
    about = _words(
        _("What does the group do?"),
        1500,
        _("Say what the group does."),
        rows=5,
        help_text=_("Two or three sentences are enough."),
    )
    address = _words(
        _("Address of the group"),
        300,
        _("Enter the address of the group."),
        rows=3,
        help_text=_("Only your group and the council read it."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    postcode = _words(
        _("Postcode"), 10, widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": 10})
    )
    phone = _words(
        _("Phone number"), 30, widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"})
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": _("Enter an address like https://example.org.")},
    )
    founded = forms.IntegerField(
        label=_("Year it began"),
        required=False,
        min_value=1000,
        max_value=2200,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages={"invalid": _("Enter the year in four digits, like 2009.")},
    )
    charity_number = _words(
        _("Charity number"), 20, help_text=_("6 or 7 digits, or SC and 6 digits for Scotland.")
    )
    company_number = _words(_("Company number"), 20, help_text=_("8 digits, or 2 letters and 6 digits."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, fixed: Words = "", **kwargs: Any) -> None:
        """`fixed` says why the name and numbers stay; what is posted for them is not looked at."""
        super().__init__(*args, **kwargs)
        for name in NAMED_BY if fixed else ():
            self.fields[name].disabled = True
        if fixed:
            self.fields["name"].help_text = str(fixed)

    def facts(self) -> GroupFacts:
        return GroupFacts(**{name: self.cleaned_data[name] for name in GroupFacts.__dataclass_fields__})


def group_now(organisation: Organisation, profile: Profile | None) -> dict[str, Any]:
    """What the form shows first."""
    of_profile = ("about", "address", "phone", "founded", "version")
    values: dict[str, Any] = {name: getattr(profile, name, "") for name in of_profile}
    of_organisation = ("name", "kind", "postcode", "website", "charity_number", "company_number")
    values |= {name: getattr(organisation, name) for name in of_organisation}
    return values | {"version": profile.version if profile else 0}


class ClaimForm(forms.Form):
    role_there = _words(
        _("What do you do in the group?"),
        200,
        _("Say what you do in the group."),
        help_text=_("For example: treasurer since 2023. An officer asks the group whether it is so."),
    )


class SignatoryForm(forms.Form):
    name = _words(_("Full name"), 120, _("Enter the name of the person."))
    role = _words(
        _("What they do in the group"),
        80,
        _("Say what they do in the group."),
        help_text=_("Like “Treasurer”."),
    )
    email = forms.EmailField(
        label=_("Their own email address"),
        help_text=_(
            "When you are given a grant, we write to them, and they sign with an account of their own."
        ),
        error_messages={
            "required": _("Enter their own email address. They sign with it."),
            "invalid": _("Enter an email address like name@example.org."),
        },
    )
    household = _words(
        _("Home address, with its postcode"),
        200,
        _("Enter their home address."),
        rows=3,
        help_text=_("So that we can see that two people do not live together. Only officers read it."),
    )
    unrelated = forms.BooleanField(
        label=_("They are not related to anybody else who signs for the group, and do not live with them"),
        error_messages={
            "required": _("People who sign must not be related. Tick the box, or name somebody else.")
        },
    )


class BankForm(forms.Form):
    """What was typed into the boxes for numbers is never sent back to the page."""

    holder = _words(
        _("Name on the account"),
        120,
        _("Enter the name on the account."),
        help_text=_("It must be the group’s account, not a person’s."),
    )
    sort_code = _words(
        _("Sort code"),
        12,
        _("Enter the sort code."),
        help_text=_("6 digits, like 20-00-00."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 10}),
    )
    number = _words(
        _("Account number"),
        14,
        _("Enter the account number."),
        help_text=_("8 digits."),
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 12}),
    )


class InviteMemberForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address of your colleague"),
        help_text=_("We send a link. It works for 14 days."),
        error_messages={
            "required": _("Enter the email address of your colleague."),
            "invalid": _("Enter an email address like name@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=MemberRole.choices,
        initial=MemberRole.HELPER,
        widget=forms.RadioSelect,
    )
