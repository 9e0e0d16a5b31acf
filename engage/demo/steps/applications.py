"""Applications of this year on their way: from a draft to an agreement, each by the people whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import date, datetime, time
from typing import Any

from budgets.grants.actions import (
    Found,
    GroupFacts,
    add_document,
    add_signatory,
    ask_group,
    begin_application,
    change_group,
    check_application,
    claim_group,
    confirm_bank,
    decide_ask,
    declare_interest,
    enter_bank,
    save_page,
    settle_claim,
    sign_agreement,
    submit_application,
    support_ask,
    take_on,
)
from budgets.grants.enums import Answer, Verdict
from budgets.grants.models import Application, Ask
from budgets.grants.queries.apply import folder_of
from budgets.grants.rules import applications as pages
from budgets.models import Budget, Organisation
from engage.accounts.actions import open_account
from engage.accounts.models import Account
from engage.demo.content import read
from engage.demo.loaded import Loaded
from engage.demo.plan import LONDON, START
from engage.demo.signins import PEOPLE

YEAR = 2026
ALWAYS, FROM_500, FROM_1000 = ("constitution", "bank"), ("accounts",), ("quote",)
type Row = dict[str, Any]


def load_groups(loaded: Loaded) -> None:
    """The groups that apply get somebody who leads them, two who sign, and bank details that were confirmed.

    Whoever leads is the first to sign; the second has an account of their own.
    """
    for number, (slug, names) in enumerate(read("applications")["people"].items(), 1):
        organisation, lead = loaded.organisations[slug], _lead(loaded, slug, names[0])
        claim = claim_group(organisation=organisation, role_there="Treasurer", by=lead, at=START)
        settle_claim(claim=claim, accepted=True, how="Rang the chair.", by=loaded.officer, at=START)
        facts = GroupFacts(
            name=organisation.name,
            kind=organisation.kind,
            about="Neighbours who do what is described in our applications, without pay.",
            address=f"{number} Quay Street, Harstow",
        )
        change_group(organisation=organisation, facts=facts, version=1, by=lead, at=START)
        signers = [lead, _account(f"{slug}-second@demo.example", names[1])]
        for house, (name, signer) in enumerate(zip(names, signers, strict=True), number * 10):
            add_signatory(
                organisation=organisation,
                name=name,
                role="Trustee",
                email=signer.email,
                household=f"{house} Wend Road, Harstow ZZ9 4WD",
                unrelated=True,
                by=lead,
                at=START,
            )
        digits = {"sort_code": "200000", "number": f"{55779910 + number}"}
        details = enter_bank(organisation=organisation, holder=organisation.name, by=lead, at=START, **digits)
        confirm_bank(details=details, how="Bank statement of May", by=loaded.officer, at=START, **digits)


def life_of(loaded: Loaded, row: Row) -> Generator[date, None, Application]:
    """Answers the day of each step before it is taken, and the application at the end: so that others come between.

    Of this year, unless the row names another.
    """
    organisation = loaded.organisations[row["group"]]
    lead = lead_of(organisation)
    scheme = loaded.schemes[row.get("year", YEAR)]
    yield row["begun"]
    begun = begin_application(scheme=scheme, organisation=organisation, by=lead, at=at_ten(row["begun"]))
    _write(loaded, row, begun, lead)
    if "sent" in row:
        begun.refresh_from_db()
        submit_application(application=begun, version=begun.version, by=lead, at=at_ten(row["sent"]))
    for step in row["steps"]:
        yield step["on"]
        STEPS[step["do"]](loaded, Application.objects.get(pk=begun.pk), step)
    return Application.objects.get(pk=begun.pk)


def lead_of(organisation: Organisation) -> Account:
    return organisation.members.select_related("account").get().account


def _lead(loaded: Loaded, slug: str, name: str) -> Account:
    """The account that one can sign in with, or another of the same kind."""
    if name == PEOPLE["representative"]:
        return loaded.accounts["representative"]
    return _account(f"{slug}@demo.example", name)


def _account(email: str, name: str) -> Account:
    first, last = name.split(" ", 1)
    return open_account(email=email, roles=["representative"], first_name=first, last_name=last, at=START)


def _write(loaded: Loaded, row: Row, begun: Application, lead: Account) -> None:
    """What the group wrote; a draft has its first page only."""
    said: dict[str, Row] = {pages.PROJECT: {"title": row["title"], "summary": row["summary"]}}
    if "sent" in row:
        said |= _rest(loaded, row, begun.organisation)
        _documents(begun, row, lead)
    opened, at = folder_of(begun), at_ten(row["begun"])
    for page, given in said.items():
        save_page(application=begun, page=page, given=given, seen=opened.mark(page), by=lead, at=at)


def _rest(loaded: Loaded, row: Row, organisation: Organisation) -> dict[str, Row]:
    asks = [
        {"budget_id": _budget(loaded, slug, row).pk, "amount_pence": pounds * 100}
        for slug, pounds in row["asks"].items()
    ]
    return {
        pages.WHY: {name: row[name] for name in ("need", "last_resort", "who_benefits")},
        pages.PLACE: {
            "place_id": _budget(loaded, next(iter(row["asks"])), row).place_id,
            "theme_id": loaded.themes[row["theme"]].pk,
        },
        pages.SPENDING: {
            "spend_kind": row["spend_kind"],
            "environmental": row.get("environmental", False),
            "starts_on": row["starts"],
            "ends_on": row["ends"],
        },
        pages.COSTS: {"rows": [{"what": what, "amount_pence": cost * 100} for what, cost in row["costs"]]},
        pages.FUNDERS: {
            "rows": [
                {"name": name, "amount_pence": given * 100, "answer": answer}
                for name, given, answer in row.get("funders", [])
            ]
        },
        pages.COUNCILLORS: {"rows": asks},
        pages.OUTCOMES: {
            "rows": [{"measure": measure, "number": number} for measure, number in row["outcomes"]]
        },
        pages.DECLARATION: {"declared": True},
    }


def _documents(begun: Application, row: Row, lead: Account) -> None:
    asked = sum(row["asks"].values())
    kinds = [*ALWAYS, *(FROM_500 if asked >= 500 else ()), *(FROM_1000 if asked >= 1000 else ())]
    for kind in kinds:
        words = f"{kind.capitalize()} of {begun.organisation.name}"
        add_document(
            application=begun,
            kind=kind,
            name=f"{kind}.pdf",
            content=_pdf(words),
            by=lead,
            at=at_ten(row["begun"]),
        )


def _pdf(words: str) -> bytes:
    """One page with one line."""
    line = b"BT /F 18 Tf 72 720 Td (%s) Tj ET" % words.encode("ascii", "ignore").replace(b"(", b"").replace(
        b")", b""
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, each) for n, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n"


# --- what became of it -----------------------------------------------------------------------------------


def _support(loaded: Loaded, made: Application, step: Row) -> None:
    support_ask(ask=_ask(loaded, made, step), by=_councillor(loaded, step), at=at_ten(step["on"]))


def _interest(loaded: Loaded, made: Application, step: Row) -> None:
    ask = _ask(loaded, made, step)
    declare_interest(ask=ask, what=step["what"], by=_councillor(loaded, step), at=at_ten(step["on"]))


def _take(loaded: Loaded, made: Application, step: Row) -> None:
    take_on(application=made, by=loaded.officer, at=at_ten(step["on"]))


def _check(loaded: Loaded, made: Application, step: Row) -> None:
    """A pass, but for the principles that the row names."""
    others = step.get("verdicts", {})
    found = {
        each: Found(Verdict(others.get(each.key, Verdict.PASS)), step["note"] if each.key in others else "")
        for each in made.scheme.principles.all()
    }
    check_application(
        application=made, found=found, version=made.version, by=loaded.officer, at=at_ten(step["on"])
    )


def _question(loaded: Loaded, made: Application, step: Row) -> None:
    ask_group(application=made, question=step["words"], by=loaded.officer, at=at_ten(step["on"]))


def _decide(loaded: Loaded, made: Application, step: Row) -> None:
    """By the councillor, or by the officer when none is named."""
    ask = _ask(loaded, made, step) if "by" in step else made.asks.get()
    decide_ask(
        ask=ask,
        answer=Answer(step["answer"]),
        amount_pence=step.get("amount", 0) * 100,
        reason=step["reason"],
        no_interest=True,
        by=_councillor(loaded, step) if "by" in step else loaded.officer,
        at=at_ten(step["on"]),
    )


def _sign(loaded: Loaded, made: Application, step: Row) -> None:
    for email in made.organisation.signatories.values_list("email", flat=True):
        sign_agreement(application=made, by=Account.objects.get(email=email), at=at_ten(step["on"]))


STEPS: dict[str, Callable[[Loaded, Application, Row], None]] = {
    "support": _support,
    "interest": _interest,
    "take": _take,
    "check": _check,
    "ask": _question,
    "decide": _decide,
    "sign": _sign,
}


def _ask(loaded: Loaded, made: Application, step: Row) -> Ask:
    asks = made.asks.select_related("application__organisation", "budget__councillor")
    return asks.get(budget__councillor=loaded.councillors[step["by"]])


def _councillor(loaded: Loaded, step: Row) -> Account:
    account = loaded.councillors[step["by"]].account
    assert account is not None
    return account


def _budget(loaded: Loaded, slug: str, row: Row) -> Budget:
    return Budget.objects.get(councillor=loaded.councillors[slug], year=row.get("year", YEAR))


def at_ten(day: date) -> datetime:
    return datetime.combine(day, time(10), LONDON)
