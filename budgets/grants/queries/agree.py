"""What a group promises when it is given money."""

from __future__ import annotations

from budgets.grants.models import Agreement, Application, Signatory
from budgets.grants.queries.decide import asks_of
from budgets.grants.rules.terms import Promise


def promise_of(application: Application) -> Promise:
    """What was approved, for the text of the agreement; its scheme and organisation come with it."""
    scheme = application.scheme
    return Promise(
        reference=application.reference or "",
        group=application.organisation.name,
        title=application.title,
        purpose=application.summary,
        parts=[
            (str(ask.budget.councillor or ask.budget.place), ask.award.awarded_pence)
            for ask in asks_of(application)
            if ask.award is not None
        ],
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        spend_by=scheme.spend_by,
        report_months=sorted(scheme.monitoring_months),
        never=scheme.prohibited,
        expected=[(each.measure, each.number) for each in application.expected.all()],
    )


def agreement_of(application: Application) -> Agreement | None:
    return Agreement.objects.filter(application=application).first()


def signers_of(application: Application, signed: Agreement | None) -> list[Signatory]:
    """Everybody who may still sign: a second person once one has, nobody when two have; nobody who waits."""
    if signed and signed.signed_at:
        return []
    left = application.organisation.signatories.exclude(email="").filter(waits=False)
    return list(left.exclude(name=signed.first_name) if signed else left)


def application_to_sign(application_id: int) -> Application | None:
    """Once it was approved."""
    found = Application.objects.select_related("scheme", "organisation", "place")
    return found.filter(pk=application_id, asks__award__isnull=False).distinct().first()
