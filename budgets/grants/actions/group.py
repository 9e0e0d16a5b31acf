"""A group and what it tells the council once: its profile, who signs for it, and where its money goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from budgets.actions import change_organisation, register_organisation
from budgets.enums import OrganisationKind
from budgets.grants import events
from budgets.grants.actions.common import GRANT_REFUSALS
from budgets.grants.enums import MemberRole
from budgets.grants.models import BankAccount, Claim, Member, Profile, Signatory
from budgets.grants.permissions import leads
from budgets.grants.permissions.group import (
    NAMED_BY,
    may_rename,
    may_settle_claim,
    may_settle_signatory,
    with_the_council,
)
from budgets.grants.rules import numbers
from budgets.grants.rules.numbers import PublicNumber
from budgets.grants.rules.signatories import Signer, may_join
from budgets.models import Organisation
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.refusals import Refusals, writing
from engage.kit.words import words_of
from engage.residents.actions import join

SIGNATORIES_EACH = 10
GROUPS_EACH = 20
CLAIMS_EACH = 5
_REFUSALS: Refusals = {
    **GRANT_REFUSALS,
    "signatory_is_not_swapped": (
        _("An application was sent meanwhile. Add the person again."),
        409,
        None,
    ),
    "signatory_once": (_("This person signs for the group already."), 409, "name"),
    "signatory_has_own_email": (
        _("Each person signs with an email address of their own. Enter another."),
        409,
        "email",
    ),
    "claimed_once": (_("You have asked already. The grants team will answer you."), 409, None),
    "claim_settled_says_how": (_("Say how you found out."), 422, "how"),
}


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a group says of itself. Numbers and website may be empty, `founded` is a year."""

    name: str
    kind: str
    about: str
    address: str
    charity_number: str = ""
    company_number: str = ""
    postcode: str = ""
    website: str = ""
    phone: str = ""
    founded: int | None = None


def register_group(*, facts: GroupFacts, by: Account, at: datetime) -> Organisation:
    """A group that is new here; whoever registers it leads it.

    Refused (409, field "known") when an organisation with one of its numbers is in the books: then they may claim it
    (`claim_group`), and an officer finds out whether they act for it.
    """
    charity, company = _numbers(facts)
    if known_group(facts) is not None:
        raise Refused(
            Denied(
                _(
                    "A group with this number is here already. Ask one of its members to invite you,"
                    " or ask the grants team to make you its lead."
                ),
                status=409,
                field="known",
            )
        )
    with writing(_REFUSALS):
        join(account=by, at=at)
        if Member.objects.filter(account=by).count() >= GROUPS_EACH:
            words = _("You act for %(count)d groups, which is the most for one account.")
            raise Refused(Denied(words % {"count": GROUPS_EACH}, status=409))
        organisation = register_organisation(
            identifier=charity.identifier if charity else company.identifier if company else "",
            by=by,
            at=at,
            **_of_organisation(facts, charity, company),
        )
        Profile.objects.create(organisation=organisation, changed_at=at, **_of_profile(facts))
        Member.objects.create(organisation=organisation, account=by, role=MemberRole.LEAD, joined_at=at)
        record(events.GROUP_REGISTERED, subject=organisation, actor=by, at=at)
    return organisation


def known_group(facts: GroupFacts) -> Organisation | None:
    """The organisation in the books that has one of these numbers, however it came there."""
    charity, company = _numbers(facts)
    same = Q(pk=None)
    if charity:
        same |= Q(identifier=charity.identifier) | Q(charity_number__iexact=charity.number)
    if company:
        same |= Q(identifier=company.identifier) | Q(company_number__iexact=company.number)
    return Organisation.objects.filter(same).order_by("pk").first()


def claim_group(*, organisation: Organisation, role_there: str, by: Account, at: datetime) -> Claim:
    """Ask to lead an organisation that is in the books. It changes nothing until an officer says so."""
    words = words_of(role_there, 200, "role_there", _("Say what you do in the group."))
    with writing(_REFUSALS):
        if Member.objects.filter(organisation=organisation, account=by).exists():
            raise Refused(
                Denied(_("You act for this group already. Open it under “Your groups”."), status=409)
            )
        waiting = Claim.objects.filter(account=by, settled_at=None).exclude(organisation=organisation)
        if waiting.count() >= CLAIMS_EACH:
            sentence = _("You have asked for %(count)d groups. Wait until the grants team has answered.")
            raise Refused(Denied(sentence % {"count": CLAIMS_EACH}, status=409))
        join(account=by, at=at)
        claim = Claim.objects.create(organisation=organisation, account=by, role_there=words, made_at=at)
        record(events.GROUP_CLAIMED, subject=organisation, actor=by, at=at, claim=claim.pk)
    return claim


def settle_claim(*, claim: Claim, accepted: bool, how: str, by: Account, at: datetime) -> Claim:
    """An officer found out, and says how: accepted, the person leads the group from now on."""
    with writing(_REFUSALS):
        held = Claim.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=claim.pk)
        require(may_settle_claim(by, held))
        held.settled_at, held.settled_by, held.accepted = at, by, accepted
        held.how = words_of(how, 300, "how", _("Say how you found out."))
        held.save(update_fields=["settled_at", "settled_by", "accepted", "how"])
        if accepted:
            Member.objects.update_or_create(
                organisation=held.organisation,
                account=held.account,
                defaults={"role": MemberRole.LEAD},
                create_defaults={"role": MemberRole.LEAD, "joined_at": at},
            )
        record(
            events.GROUP_CLAIM_SETTLED,
            subject=held.organisation,
            actor=by,
            at=at,
            claim=held.pk,
            accepted=accepted,
        )
    return held


def change_group(
    *, organisation: Organisation, facts: GroupFacts, version: int, by: Account, at: datetime
) -> Organisation:
    """Other words for a group. `version` is what its writer saw: refused (409) when somebody changed it since.

    Its name and numbers stay once it has applied or was given money, and so does what open data knows it by: the grants
    team changes those.
    """
    require(leads(by, organisation))
    charity, company = _numbers(facts)
    said = _of_organisation(facts, charity, company)
    with writing(_REFUSALS):
        profile = _hold_profile(organisation)
        if profile.pk and profile.version != version:
            raise Refused(_changed_meanwhile("version"))
        known = known_group(facts)
        if known is not None and known.pk != organisation.pk:
            raise Refused(
                Denied(
                    _("Another group has this number. Check it, or ask the grants team."),
                    status=409,
                    field="charity_number",
                )
            )
        now = Organisation.objects.get(pk=organisation.pk)
        if changed := [name for name in NAMED_BY if said[name] != getattr(now, name)]:
            require(may_rename(now, field=changed[0]))
        for name, value in _of_profile(facts).items():
            setattr(profile, name, value)
        profile.version, profile.changed_at = (profile.version + 1 if profile.pk else 1), at
        profile.save()
        change_organisation(organisation=organisation, by=by, at=at, **said)
        record(events.GROUP_CHANGED, subject=organisation, actor=by, at=at, what="profile")
    return organisation


def add_signatory(
    *,
    organisation: Organisation,
    name: str,
    role: str,
    household: str,
    unrelated: bool,
    email: str,
    by: Account,
    at: datetime,
) -> Signatory:
    """One more person who signs for the group. Refused when they are seen to live with another, or may be related.

    While an application of the group is with the council they sign nothing, and nothing is paid, until somebody else
    has confirmed them (`settle_signatory`).
    """
    require(leads(by, organisation))
    words = {
        "name": words_of(name, 120, "name", _("Enter the name of the person.")),
        "role": words_of(role, 80, "role", _("Say what they do in the group.")),
        "household": words_of(household, 200, "household", _("Enter their home address.")),
        "email": words_of(
            email, 254, "email", _("Enter their own email address. They sign with it.")
        ).lower(),
    }
    with writing(_REFUSALS):
        _hold_profile(organisation)
        others = list(organisation.signatories.all())
        if len(others) >= SIGNATORIES_EACH:
            sentence = _("There are %(count)d people, which is the most. Remove somebody first.")
            raise Refused(Denied(sentence % {"count": SIGNATORIES_EACH}, status=409))
        require(
            may_join(
                Signer(words["name"], words["household"], words["email"]),
                [Signer(each.name, each.household, each.email) for each in others],
            )
        )
        if not unrelated:
            raise Refused(
                Denied(
                    _(
                        "People who sign must not be related to each other. Tick the box, or name somebody else."
                    ),
                    status=422,
                    field="unrelated",
                )
            )
        added = Signatory.objects.create(
            organisation=organisation,
            unrelated=True,
            named_by=by,
            named_at=at,
            waits=with_the_council().filter(organisation=organisation).exists(),
            **words,
        )
        record(events.GROUP_CHANGED, subject=organisation, actor=by, at=at, what="signatories")
        if added.waits:
            record(events.SIGNATORY_WAITS, subject=organisation, actor=by, at=at, signatory=added.pk)
    return added


def settle_signatory(*, signatory: Signatory, accepted: bool, how: str, by: Account, at: datetime) -> None:
    """An officer found out whether a person signs for the group, and says how. Who does not is taken off the list."""
    with writing(_REFUSALS):
        held = Signatory.objects.select_for_update(of=("self",)).select_related("organisation")
        person = held.get(pk=signatory.pk)
        require(may_settle_signatory(by, person))
        person.how = words_of(how, 300, "how", _("Say how you found out."))
        facts = {"signatory": person.pk, "accepted": accepted, "how": person.how}
        if accepted:
            person.waits, person.confirmed_by, person.confirmed_at = False, by, at
            person.save(update_fields=["waits", "confirmed_by", "confirmed_at", "how"])
        else:
            person.delete()
        record(events.SIGNATORY_SETTLED, subject=person.organisation, actor=by, at=at, **facts)


def remove_signatory(*, organisation: Organisation, signatory_id: int, by: Account, at: datetime) -> None:
    """They sign no more. Twice is no harm. What they signed stays signed."""
    require(leads(by, organisation))
    with writing(_REFUSALS):
        _hold_profile(organisation)
        gone, _all = organisation.signatories.filter(pk=signatory_id).delete()
        if gone:
            record(events.GROUP_CHANGED, subject=organisation, actor=by, at=at, what="signatories")


@sensitive_variables("sort_code", "number", "code", "digits")
def enter_bank(
    *, organisation: Organisation, holder: str, sort_code: str, number: str, by: Account, at: datetime
) -> BankAccount:
    """New bank details. They are used when somebody else has confirmed them; until then nothing is paid.

    The same details again change nothing and are confirmed no second time.
    """
    require(leads(by, organisation))
    name = words_of(holder, 120, "holder", _("Enter the name on the account."))
    code, digits = _read(numbers.sort_code(sort_code)), _read(numbers.account_number(number))
    with writing(_REFUSALS):
        _hold_profile(organisation)
        newest = organisation.bank_accounts.first()
        if newest and not newest.refused_at and _same(newest, name, code, digits):
            return newest
        entered = BankAccount.objects.create(
            organisation=organisation,
            holder=name,
            sort_code=code,
            number=digits,
            number_ends=digits[-4:],
            entered_by=by,
            entered_at=at,
        )
        record(events.BANK_ENTERED, subject=organisation, actor=by, at=at, account=entered.pk)
    return entered


@sensitive_variables("code", "digits")
def _same(known: BankAccount, name: str, code: str, digits: str) -> bool:
    return (known.holder, known.sort_code, known.number) == (name, code, digits)


def _hold_profile(organisation: Organisation) -> Profile:
    """Whoever changes a group holds its row, so that two changes come one after the other. It may have no profile."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return Profile.objects.filter(organisation=organisation).first() or Profile(organisation=organisation)


def _numbers(facts: GroupFacts) -> tuple[PublicNumber | None, PublicNumber | None]:
    charity = facts.charity_number.strip() and _read(numbers.charity_number(facts.charity_number))
    company = facts.company_number.strip() and _read(numbers.company_number(facts.company_number))
    return charity or None, company or None


def _read[Value](found: Value | Denied) -> Value:
    if isinstance(found, Denied):
        raise Refused(found)
    return found


def _of_organisation(
    facts: GroupFacts, charity: PublicNumber | None, company: PublicNumber | None
) -> dict[str, str]:
    if facts.kind not in OrganisationKind.values:
        raise Refused(Denied(_("Choose what kind of group it is."), status=422, field="kind"))
    return {
        "name": words_of(facts.name, 200, "name", _("Enter the name of the group.")),
        "kind": facts.kind,
        "charity_number": charity.number if charity else "",
        "company_number": company.number if company else "",
        "postcode": facts.postcode.strip().upper(),
        "website": facts.website.strip(),
    }


def _of_profile(facts: GroupFacts) -> dict[str, str | int | None]:
    return {
        "about": words_of(facts.about, 1500, "about", _("Say what the group does.")),
        "address": words_of(facts.address, 300, "address", _("Enter the address of the group.")),
        "phone": facts.phone.strip(),
        "founded": facts.founded,
    }


def _changed_meanwhile(field: str) -> Denied:
    return Denied(
        _(
            "Somebody else changed this while you were writing. Both texts are below:"
            " put together what should stay, then save again."
        ),
        status=409,
        field=field,
    )
