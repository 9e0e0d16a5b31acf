"""What officers write while a ballot is prepared: what it is, its money, its projects; and errata once it is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.images.widgets import AdminImageChooser

from budgets.ballots import actions, queries
from budgets.ballots.enums import Kind, Words
from budgets.ballots.models import Ballot, Pot, Project
from budgets.ballots.rules.checklist import fault
from budgets.ballots.rules.counting import CHOICES, rule_line
from budgets.ballots.rules.explain import CHOICE_WORDS
from budgets.ballots.rules.languages import language
from budgets.count import UnknownRule, parse
from budgets.models import Budget
from engage.accounts.models import Account
from engage.kit.forms import PoundsField
from engage.kit.years import financial_year
from engage.places.models import Place
from ideas.enums import IdeaStatus
from ideas.models import Call, Idea

OWN_LINE = "line"
# What many people in the country speak, and this site can name; a ballot that has another keeps it.
LANGUAGES = "en cy ga gd pl ro pt es it fr uk lt tr ar fa ur hi bn ta zh-hans".split()  # noqa: SIM905
SAME = [
    "title",
    "summary",
    "place",
    "minimum_age",
    "on_paper",
    "kind",
    "most",
    "points",
    "points_most",
    "seed_source",
    "opens_at",
    "closes_at",
    "turnout_shown",
]


class BallotForm(WagtailAdminModelForm):
    """`choice` and `threshold` make the rule's whole line, unless the line itself is written.

    `seen` is the revision that its writer began with.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    first_language = forms.ChoiceField(label=_("The language you write it in"))
    other_languages = forms.MultipleChoiceField(
        label=_("Its other languages"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "People read and print the ballot in each. Write its words under “Words in other languages”."
        ),
    )
    proofs = forms.MultipleChoiceField(
        label=_("How people show that they may vote"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without one nobody can vote. Each is asked at the moment of voting."),
    )
    choice = forms.ChoiceField(
        label=_("How it is counted"),
        widget=forms.RadioSelect,
        help_text=_("Rehearse it before you choose: the rehearsal shows what each would have funded."),
    )
    threshold = forms.IntegerField(
        label=_("Fewest votes that a project needs"),
        min_value=0,
        required=False,
        help_text=_("Empty for one: what nobody votes for is never funded."),
    )
    line = forms.CharField(
        label=_("The whole rule, as one line"),
        required=False,
        max_length=300,
        help_text=_(
            "Only with “another rule”. It must end in the lot, ties=[cost asc, votes desc, lot], and ask for a vote at"
            " least, threshold=votes>=1."
        ),
    )

    class Meta:
        model = Ballot
        fields = SAME
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "kind": forms.RadioSelect,
            "opens_at": AdminDateTimeInput,
            "closes_at": AdminDateTimeInput,
        }
        help_texts = {
            "place": _("Everybody who lives there, or in a part of it, and is old enough."),
            "on_paper": _("People then show it by the electoral roll or a code."),
            "most": _("For choosing a few, and for putting in order."),
            "points": _("Only for points: how many everybody has for each pot."),
            "points_most": _("Leave empty for no limit."),
            "seed_source": _(
                "Optional. Something everybody can look up that nobody can know while people vote, like: UK Lotto,"
                " first draw after 12 June 2027. It is frozen with the ballot. Whoever counts must enter the value;"
                " together with the sealed seed it decides between projects that are level."
            ),
            "closes_at": _("The last vote counts that arrives before this moment."),
            "turnout_shown": _("How many have voted, never what. It is shown afterwards in any case."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ballot = self.instance
        self.fields["place"].queryset = Place.objects.all()  # type: ignore[attr-defined]
        self.fields["kind"].choices = Kind.choices
        self.fields["proofs"].choices = [(key, each.label) for key, each in queries.VERIFIERS.items()]
        self.fields["choice"].choices = [
            *(
                (name, format_html("<b>{}</b><br>{}", words[0], CHOICE_WORDS[name]))
                for name, words in CHOICES.items()
            ),
            (OWN_LINE, format_html("<b>{}</b>", _("Another rule"))),
        ]
        first, *others = ballot.languages or ["en"]
        offered = [(code, language(code).name) for code in dict.fromkeys([*LANGUAGES, first, *others])]
        self.fields["first_language"].choices = offered
        self.fields["other_languages"].choices = offered
        self.initial: dict[str, Any] = {
            **self.initial,
            "first_language": first,
            "other_languages": others,
            "seen": ballot.revision,
            "proofs": ballot.proofs,
            **_chosen(ballot),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("choice") == OWN_LINE and not self.errors:
            if wrong := fault(said["line"], Kind(said["kind"])):
                raise ValidationError({"line": wrong})
            said["line"] = str(parse(said["line"]))
        return said

    def _post_clean(self) -> None:
        """The verb is asked, not the row."""

    @property
    def details(self) -> actions.Details:
        said = self.cleaned_data
        line = said["line"]
        if said["choice"] != OWN_LINE:
            line = rule_line(said["choice"], Kind(said["kind"]), threshold=said["threshold"] or 0)
        facts = {name: said[name] for name in SAME}
        first = said["first_language"]
        languages = [first, *(code for code in said["other_languages"] if code != first)]
        return actions.Details(**facts, proofs=said["proofs"], rule=line, languages=languages)

    def do(self, *, by: Account) -> Ballot:
        now = timezone.now()
        if self.instance.pk is None:
            return actions.set_up_ballot(details=self.details, by=by, at=now)
        # The row in hand carries what was typed; the verb reads the one in the database.
        ballot = Ballot.objects.get(pk=self.instance.pk)
        seen = self.cleaned_data["seen"]
        return actions.change_ballot(ballot=ballot, details=self.details, revision=seen, by=by, at=now)


def _chosen(ballot: Ballot) -> dict[str, Any]:
    """Which of the choices a ballot's rule line is."""
    if not ballot.rule:
        return {"choice": "shares", "threshold": 0}
    try:
        least = parse(ballot.rule).threshold
    except UnknownRule:
        return {"choice": OWN_LINE, "line": ballot.rule}
    for name in CHOICES:
        if rule_line(name, Kind(ballot.kind), threshold=least) == ballot.rule:
            return {"choice": name, "threshold": least}
    return {"choice": OWN_LINE, "line": ballot.rule, "threshold": least}


# --- money ------------------------------------------------------------------------------------------------


class PotForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Like “Harstow Riverside”, or “All of Tidewold”.")
    )
    place = forms.ModelChoiceField(
        label=_("Who shares it out: people of"),
        queryset=Place.objects.none(),
        help_text=_("People vote on the pots of every place they live in."),
    )
    amount = PoundsField(label=_("Amount"), help_text=_("In pounds."))
    budget = forms.ModelChoiceField(
        label=_("Paid from"),
        queryset=Budget.objects.none(),
        required=False,
        help_text=_(
            "The winners become awards from this budget. Without one they have to be paid otherwise."
        ),
    )

    def __init__(self, *args: Any, ballot: Ballot, pot: Pot | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot, self.pot = ballot, pot
        self.fields["place"].queryset = Place.objects.within(ballot.place)  # type: ignore[attr-defined]
        self.fields["budget"].queryset = _budgets(pot)  # type: ignore[attr-defined]
        if pot is not None:
            self.initial = {
                **self.initial,
                "name": pot.name,
                "place": pot.place_id,
                "amount": pot.amount_pence,
                "budget": pot.budget_id,
            }

    def do(self, thing: Ballot | Pot, *, by: Account) -> Pot:
        said = self.cleaned_data
        details = actions.PotDetails(
            name=said["name"],
            place=said["place"],
            amount_pence=said["amount"],
            budget=said["budget"],
            order=self.pot.order if self.pot else self.ballot.pots.count() + 1,
        )
        if self.pot is not None:
            return actions.change_pot(pot=self.pot, details=details, by=by, at=timezone.now())
        return actions.add_pot(ballot=self.ballot, details=details, by=by, at=timezone.now())


def _budgets(pot: Pot | None) -> QuerySet[Budget]:
    """Of this financial year and the next, and the one that the pot names already."""
    year = financial_year(timezone.localdate())
    offered = Q(year__in=[year, year + 1]) | Q(pk=pot.budget_id if pot else None)
    return (
        Budget.objects.filter(offered).select_related("place", "councillor").order_by("-year", "place__name")
    )


# --- projects ---------------------------------------------------------------------------------------------


class ProjectForm(WagtailAdminModelForm):
    cost = PoundsField(label=_("Cost"), help_text=_("In pounds, all that it costs the council."))

    class Meta:
        model = Project
        fields = [
            "pot",
            "title",
            "summary",
            "description",
            "assessment",
            "place",
            "theme",
            "exclusive",
            "image",
            "alt",
            "organisation",
            "promised_on",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 5}),
            "assessment": forms.Textarea(attrs={"rows": 4}),
            "promised_on": AdminDateInput,
            "image": AdminImageChooser,
        }
        help_texts = {
            "assessment": _(
                "What officers found out: whether it can be done, what it takes, what it will cost later."
            ),
            "exclusive": _(
                "Give alternatives of which only one can be built the same short name, like “boathouse-site”."
            ),
            "organisation": _("Who gets the money. A winner needs it before it can become an award."),
            "alt": _("For people who cannot see the picture."),
        }

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.fields["pot"].queryset = ballot.pots.all()  # type: ignore[attr-defined]
        self.fields["pot"].empty_label = None
        self.fields["place"].queryset = Place.objects.within(ballot.place)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["cost"] = self.instance.cost_pence

    def _post_clean(self) -> None:
        """The verb is asked, not the row."""

    def do(self, thing: Any, *, by: Account) -> Project:
        said = dict(self.cleaned_data)
        pot, cost = said.pop("pot"), said.pop("cost")
        now = timezone.now()
        if self.instance.pk:
            project = Project.objects.select_related("idea", "ballot").get(pk=self.instance.pk)
            details = actions.ProjectDetails(**said, cost_pence=cost, idea=project.idea)
            return actions.change_project(project=project, pot=pot, details=details, by=by, at=now)
        return actions.add_project(
            pot=pot, details=actions.ProjectDetails(**said, cost_pence=cost), by=by, at=now
        )


def marked_ideas(ballot: Ballot) -> QuerySet[Idea]:
    """Ideas that the council's answer sends to a vote, and that are not on this ballot yet."""
    return (
        Idea.objects.filter(status=IdeaStatus.BALLOT)
        .exclude(projects__ballot=ballot)
        .select_related("call", "place")
        .prefetch_related("assessments")
        .order_by("call__title", "title")
    )


def calls_to_vote(ballot: Ballot) -> QuerySet[Call]:
    return Call.objects.filter(ideas__in=marked_ideas(ballot)).distinct().order_by("title")


class FromIdeasForm(forms.Form):
    """The ideas of a call that are marked for the vote: tick them, and say what each costs."""

    call = forms.ModelChoiceField(label=_("Call for ideas"), queryset=Call.objects.none(), required=False)
    pot = forms.ModelChoiceField(label=_("Into the pot"), queryset=Pot.objects.none(), empty_label=None)

    def __init__(self, *args: Any, ballot: Ballot, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.fields["call"].queryset = calls_to_vote(ballot)  # type: ignore[attr-defined]
        self.fields["call"].widget = forms.HiddenInput()
        self.fields["pot"].queryset = ballot.pots.all()  # type: ignore[attr-defined]
        self.ideas = list(marked_ideas(ballot).filter(call=call) if call else marked_ideas(ballot))
        for idea in self.ideas:
            known = _assessed_cost(idea)
            self.fields[f"take_{idea.pk}"] = forms.BooleanField(
                label=idea.title, required=False, help_text=str(idea.place)
            )
            self.fields[f"cost_{idea.pk}"] = PoundsField(
                label=_now("Cost of “%(title)s”") % {"title": idea.title}, required=False, initial=known
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        taken = [idea for idea in self.ideas if said.get(f"take_{idea.pk}")]
        if not taken:
            raise ValidationError(_("Tick at least one idea."))
        for idea in taken:
            if said.get(f"cost_{idea.pk}") is None and f"cost_{idea.pk}" not in self.errors:
                self.add_error(f"cost_{idea.pk}", _("Say what it costs."))
        return said

    def do(self, thing: Ballot, *, by: Account) -> None:
        for idea in self.ideas:
            if self.cleaned_data.get(f"take_{idea.pk}"):
                actions.add_idea(
                    pot=self.cleaned_data["pot"],
                    idea=idea,
                    cost_pence=self.cleaned_data[f"cost_{idea.pk}"],
                    by=by,
                    at=timezone.now(),
                )


def _assessed_cost(idea: Idea) -> int | None:
    """The most it would cost, as officers found when they looked at it."""
    costs = [found.cost_high_pence for found in idea.assessments.all() if found.cost_high_pence]
    return costs[-1] if costs else None


# --- opening, and after -----------------------------------------------------------------------------------


class OpenForm(forms.Form):
    """Opening cannot be taken back, so it is said twice."""

    sure = forms.BooleanField(
        label=_("I have looked at the preview. Money, projects and rules cannot be changed after this."),
        error_messages={"required": _("Say that you have looked: it cannot be taken back.")},
    )

    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.open_ballot(ballot=ballot, by=by, at=timezone.now())


class ErratumForm(forms.Form):
    project = forms.ChoiceField(label=_("Project"))
    what = forms.ChoiceField(label=_("What is wrong"), choices=Words.choices)
    language = forms.ChoiceField(label=_("In which language"), required=False)
    after = forms.CharField(
        label=_("What it should say"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it beside the ballot, with what it said before."),
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = queries.shown(ballot).document["projects"]
        titles = [(each["key"], f"{each['key']}  {each['title']}") for each in words]
        self.fields["project"].choices = titles  # type: ignore[attr-defined]
        first, *others = [language(code) for code in ballot.languages or ["en"]]
        named = [("", first.name), *((each.code, each.name) for each in others)]
        self.fields["language"].choices = named  # type: ignore[attr-defined]
        if not others:
            del self.fields["language"]

    def do(self, ballot: Ballot, *, by: Account) -> None:
        actions.publish_erratum(ballot=ballot, **self.cleaned_data, by=by, at=timezone.now())
