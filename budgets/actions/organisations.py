"""The groups that money is awarded to."""

from datetime import datetime
from uuid import uuid4

from budgets import events
from budgets.actions.common import REFUSALS
from budgets.enums import OrganisationKind
from budgets.models import Organisation
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.refusals import writing


def register_organisation(
    *,
    name: str,
    kind: str = OrganisationKind.GROUP,
    identifier: str = "",
    charity_number: str = "",
    company_number: str = "",
    postcode: str = "",
    website: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Organisation:
    """A group that money can be awarded to; without an org-id it gets one made here. Refused (409) when known."""
    with writing(REFUSALS):
        organisation = Organisation.objects.create(
            name=name,
            kind=kind,
            identifier=identifier or _org_id(charity_number, company_number),
            charity_number=charity_number,
            company_number=company_number,
            postcode=postcode,
            website=website,
        )
        record(events.ORGANISATION_REGISTERED, subject=organisation, actor=by, at=at)
    return organisation


def change_organisation(
    *, organisation: Organisation, by: Account | None, at: datetime | None = None, **fields: str
) -> Organisation:
    """Mend what is known about a group: any of its fields but the identifier. The record keeps what it was."""
    with writing(REFUSALS):
        changed = [name for name, value in fields.items() if getattr(organisation, name) != value]
        was = {name: getattr(organisation, name) for name in changed}
        for name in changed:
            setattr(organisation, name, fields[name])
        organisation.save(update_fields=changed)
        record(events.ORGANISATION_CHANGED, subject=organisation, actor=by, at=at, was=was)
    return organisation


def _org_id(charity_number: str, company_number: str) -> str:
    """An org-id by the public register's scheme, or one of our own for groups that are in no register."""
    if charity_number:
        return f"GB-CHC-{charity_number}"
    if company_number:
        return f"GB-COH-{company_number}"
    return f"ENGAGE-{uuid4().hex[:12].upper()}"
