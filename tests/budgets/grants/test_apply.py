"""An application: begun, written by two at once, sent once, answered, taken back. And its documents."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection

from budgets.grants.actions import (
    add_document,
    answer_question,
    begin_application,
    delete_draft_application,
    remove_document,
    save_page,
    submit_application,
    withdraw_application,
)
from budgets.grants.enums import DocumentKind, FunderAnswer, MemberRole, Status
from budgets.grants.models import (
    Application,
    Document,
    Funder,
    Member,
    Message,
    RequiredDocument,
    Scheme,
    Step,
)
from budgets.grants.permissions import may_read_document
from budgets.grants.queries import application_of, folder_of
from budgets.models import Award, Budget
from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.kit.storage import private
from tests.budgets.grants.factories import NOW, SchemeFactory, a_councillors_budget, a_group, an_application
from tests.budgets.grants.files import packed_objects, pdf, picture
from tests.factories import AccountFactory, BudgetFactory, IdeaFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _private_files(settings, tmp_path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "engage.kit.storage.PrivateFiles",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.fixture
def lead():
    return AccountFactory()


@pytest.fixture
def draft(lead) -> Application:
    """Whole, and not sent."""
    return an_application(Status.DRAFT, lead=lead, declared=True)


def denied(verb, **given):
    given = {"at": NOW, **given}
    with pytest.raises(Refused) as refused:
        verb(**given)
    return refused.value.denied


def fresh(application: Application) -> Application:
    found = application_of(application.pk)
    assert found is not None
    return found


def save(application: Application, page: str, given, by, seen: str | None = None):
    mark = folder_of(fresh(application)).mark(page) if seen is None else seen
    return save_page(application=application, page=page, given=given, seen=mark, by=by, at=NOW)


# --- beginning -------------------------------------------------------------------------------------------


def test_an_idea_brings_its_title_place_and_theme(lead) -> None:
    idea = IdeaFactory(theme=ThemeFactory())
    begun = begin_application(scheme=SchemeFactory(), organisation=a_group(lead), idea=idea, by=lead, at=NOW)
    assert (begun.title, begun.place, begun.theme, begun.idea) == (
        idea.title,
        idea.place,
        idea.theme,
        idea,
    )


def test_pressing_twice_begins_once(lead) -> None:
    given = {"scheme": SchemeFactory(), "organisation": a_group(lead), "by": lead}
    assert begin_application(**given, at=NOW) == begin_application(**given, at=NOW + timedelta(seconds=1))


def test_strangers_begin_nothing_for_a_group(lead) -> None:
    given = {"scheme": SchemeFactory(), "organisation": a_group(lead)}
    assert denied(begin_application, **given, by=AccountFactory()).status == 403


def test_a_scheme_that_is_over_takes_nothing_new(lead) -> None:
    given = {"scheme": SchemeFactory(closes_on=date(2026, 6, 14)), "organisation": a_group(lead)}
    assert denied(begin_application, **given, by=lead).status == 409


# --- writing ---------------------------------------------------------------------------------------------


def test_pages_are_kept_though_incomplete(draft, lead) -> None:
    save(draft, "project", {"title": "Benches\0", "summary": ""}, lead)
    assert (fresh(draft).title, fresh(draft).summary) == ("Benches", "")
    assert fresh(draft).version == draft.version + 1
    assert Record.objects.get(event="APPLICATION_SAVED").data == {"page": "project"}


def test_saving_the_same_again_changes_nothing(draft, lead) -> None:
    save(draft, "project", {"title": draft.title, "summary": draft.summary}, lead, seen="old")
    assert fresh(draft).version == draft.version


def test_two_at_once_on_one_page_lose_nothing(draft, lead) -> None:
    seen = folder_of(fresh(draft)).mark("project")
    save(draft, "project", {"title": "First", "summary": "a"}, lead, seen)
    with pytest.raises(Refused) as refused:
        save(draft, "project", {"title": "Second", "summary": "b"}, lead, seen)
    assert (refused.value.denied.status, refused.value.denied.field) == (409, "seen")
    assert fresh(draft).title == "First"


def test_two_at_once_on_two_pages_are_both_kept(draft, lead) -> None:
    marks = folder_of(fresh(draft))
    save(draft, "project", {"title": "First", "summary": "a"}, lead, marks.mark("project"))
    rows = [{"what": "Paint", "amount_pence": 500_00}]
    save(draft, "costs", {"rows": rows}, lead, marks.mark("costs"))
    assert fresh(draft).title == "First"
    assert fresh(draft).costs.get().what == "Paint"


@pytest.mark.parametrize(
    ("page", "given", "status"),
    [
        ("project", {"title": "a" * 141, "summary": ""}, 422),
        ("costs", {"rows": [{"what": "a" * 141, "amount_pence": 1}]}, 422),
        ("costs", {"rows": [{"what": "a", "amount_pence": 0}]}, 422),
        ("costs", {"rows": [{"what": "a", "amount_pence": 1}] * 41}, 422),
        ("outcomes", {"rows": [{"measure": "a", "number": 1}] * 2}, 409),
        ("councillors", {"rows": [{"budget_id": 0, "amount_pence": 1}]}, 409),
        (
            "spending",
            {
                "spend_kind": "capital",
                "environmental": False,
                "starts_on": date(2026, 9, 2),
                "ends_on": date(2026, 9, 1),
            },
            422,
        ),
    ],
)
def test_what_cannot_be_kept_says_why(draft, lead, page, given, status) -> None:
    with pytest.raises(Refused) as refused:
        save(draft, page, given, lead)
    assert refused.value.denied.status == status


def test_only_councillors_budgets_of_the_year_are_asked(draft, lead) -> None:
    for budget in (BudgetFactory(), a_councillors_budget(year=2027)):
        with pytest.raises(Refused):
            save(draft, "councillors", {"rows": [{"budget_id": budget.pk, "amount_pence": 100_00}]}, lead)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.MORE_INFORMATION}))
def test_what_is_with_the_council_is_not_changed(lead, status) -> None:
    made = an_application(status, lead=lead)
    given = {"page": "project", "given": {"title": "x", "summary": "y"}, "seen": ""}
    assert denied(save_page, application=made, by=lead, **given).status == 409
    file = {"kind": DocumentKind.OTHER, "name": "a.pdf", "content": pdf()}
    assert denied(add_document, application=made, by=lead, **file).status == 409
    assert denied(delete_draft_application, application=made, by=lead).status == 409


def test_amounts_stay_once_the_councillors_have_read_them(lead) -> None:
    made = an_application(Status.MORE_INFORMATION, lead=lead)
    given = {"page": "councillors", "given": {"rows": []}, "seen": ""}
    assert denied(save_page, application=made, by=lead, **given).status == 409
    save(made, "project", {"title": "Better words", "summary": "y"}, lead)
    assert fresh(made).title == "Better words"


def test_others_write_nothing(draft) -> None:
    other_lead = a_group(AccountFactory()).members.get().account
    given = {"page": "project", "given": {"title": "x", "summary": "y"}, "seen": ""}
    file = {"kind": DocumentKind.OTHER, "name": "a.pdf", "content": pdf()}
    for who in (AccountFactory(), other_lead):
        assert denied(save_page, application=draft, by=who, **given).status == 403
        assert denied(add_document, application=draft, by=who, **file).status == 403
        assert denied(submit_application, application=draft, version=1, by=who).status == 403
        assert denied(withdraw_application, application=draft, why="", by=who).status == 403
        assert denied(delete_draft_application, application=draft, by=who).status == 403


# --- sending ---------------------------------------------------------------------------------------------


def test_a_whole_application_is_sent_once(draft, lead) -> None:
    sent = submit_application(application=draft, version=1, by=lead, at=NOW)
    assert (sent.reference, sent.submitted_at, sent.status) == ("G-2026-0001", NOW, Status.SUBMITTED)
    again = submit_application(application=draft, version=1, by=lead, at=NOW + timedelta(minutes=1))
    assert again.reference == "G-2026-0001"
    assert Step.objects.filter(application=draft, status=Status.SUBMITTED).count() == 1


def test_references_go_on_after_gaps_and_past_four_digits(lead) -> None:
    group = a_group(lead)
    budget = a_councillors_budget()
    for number in ("G-2026-0003", "G-2026-10000", "G-2025-90000"):
        made = an_application(organisation=group, budgets=[budget], lead=lead)
        Application.objects.filter(pk=made.pk).update(reference=number)
    draft = an_application(Status.DRAFT, organisation=group, budgets=[budget], lead=lead, declared=True)
    assert submit_application(application=draft, version=1, by=lead, at=NOW).reference == "G-2026-10001"


@pytest.mark.parametrize(
    ("change", "page"),
    [
        ({"title": ""}, "project"),
        ({"last_resort": ""}, "why"),
        ({"place": None}, "place"),
        ({"starts_on": None}, "spending"),
        ({"declared": False}, "declaration"),
    ],
)
def test_what_is_missing_is_named_with_its_page(lead, change, page) -> None:
    made = an_application(Status.DRAFT, lead=lead, **{"declared": True, **change})
    if "place" in change:
        Application.objects.update(place=None)
    assert denied(submit_application, application=made, version=1, by=lead).field == page
    assert fresh(made).reference is None


def test_money_that_does_not_add_up_is_said_to_the_penny(draft, lead) -> None:
    draft.costs.update(amount_pence=550_25)
    wrong = denied(submit_application, application=draft, version=1, by=lead)
    assert wrong.field == "councillors"
    assert "£50.25 that nobody pays" in wrong.reason
    Funder.objects.create(application=draft, name="Lottery", amount_pence=50_25, answer=FunderAnswer.ASKED)
    assert denied(submit_application, application=draft, version=1, by=lead).field == "councillors"
    Funder.objects.update(answer=FunderAnswer.GIVEN)
    assert submit_application(application=draft, version=1, by=lead, at=NOW).submitted_at


def test_the_schemes_amounts_hold(lead) -> None:
    for amount in (99_99, 3_000_01):
        made = an_application(Status.DRAFT, lead=lead, declared=True, amount_pence=amount)
        assert denied(submit_application, application=made, version=1, by=lead).field == "councillors"


def test_a_document_that_the_amount_needs_must_be_there(draft, lead) -> None:
    RequiredDocument.objects.create(scheme=draft.scheme, kind=DocumentKind.CONSTITUTION, from_pence=500_00)
    assert denied(submit_application, application=draft, version=1, by=lead).field == "documents"
    add_document(
        application=draft, kind=DocumentKind.CONSTITUTION, name="rules.pdf", content=pdf(), by=lead, at=NOW
    )
    assert submit_application(application=draft, version=2, by=lead, at=NOW).submitted_at


def test_a_group_with_one_who_signs_sends_nothing(draft, lead) -> None:
    draft.organisation.signatories.first().delete()
    assert denied(submit_application, application=draft, version=1, by=lead).field == "group"


def test_a_scheme_that_closed_while_they_wrote_loses_nothing(draft, lead) -> None:
    Scheme.objects.update(closes_on=date(2026, 6, 14))
    wrong = denied(submit_application, application=draft, version=1, by=lead)
    assert wrong.status == 409
    save(draft, "project", {"title": "For next year", "summary": "Kept."}, lead)
    assert fresh(draft).title == "For next year"


def test_what_a_colleague_changed_meanwhile_is_read_first(draft, lead) -> None:
    save(draft, "project", {"title": "Other", "summary": "words"}, lead)
    wrong = denied(submit_application, application=draft, version=1, by=lead)
    assert (wrong.status, wrong.field) == (409, "version")


def test_a_helper_writes_and_does_not_send(draft) -> None:
    helper = AccountFactory()
    Member.objects.create(
        organisation=draft.organisation, account=helper, role=MemberRole.HELPER, joined_at=NOW
    )
    save(draft, "project", {"title": "Helped", "summary": "words"}, helper)
    assert denied(submit_application, application=draft, version=2, by=helper).status == 403


@pytest.mark.django_db(transaction=True)
def test_groups_that_send_at_once_get_different_numbers() -> None:
    people = [AccountFactory() for _ in range(8)]
    budget = a_councillors_budget()
    drafts = [an_application(Status.DRAFT, lead=who, declared=True, budgets=[budget]) for who in people]
    together = Barrier(16)

    def send(pair) -> None:
        draft, who = pair
        together.wait()
        try:
            submit_application(application=draft, version=1, by=who, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:  # each presses twice
        list(threads.map(send, list(zip(drafts, people, strict=True)) * 2))
    given = Application.objects.order_by("reference").values_list("reference", flat=True)
    assert list(given) == [f"G-2026-{number:04d}" for number in range(1, 9)]
    assert Step.objects.count() == 8


# --- answering and taking back ---------------------------------------------------------------------------


def test_an_answer_takes_it_back_to_the_officer_once(lead) -> None:
    made = an_application(Status.MORE_INFORMATION, lead=lead)
    for _twice in range(2):
        answer_question(application=made, words="The shed is ours.", by=lead, at=NOW)
    assert fresh(made).status == Status.CHECK
    assert Message.objects.get().body == "The shed is ours."
    assert denied(answer_question, application=made, words="More", by=lead).status == 409


def test_an_answer_needs_words_and_a_whole_application(lead) -> None:
    made = an_application(Status.MORE_INFORMATION, lead=lead)
    assert denied(answer_question, application=made, words=" ", by=lead).field == "words"
    made.costs.all().delete()
    assert denied(answer_question, application=made, words="Here", by=lead).field == "costs"
    assert fresh(made).status == Status.MORE_INFORMATION


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.CHECK, Status.APPROVED, Status.AGREEMENT])
def test_what_is_withdrawn_gives_back_what_was_promised(lead, status) -> None:
    made = an_application(status, lead=lead)
    for _twice in range(2):
        withdraw_application(application=made, why="We found the money.", by=lead, at=NOW)
    assert fresh(made).status == Status.WITHDRAWN
    assert Budget.objects.get().remaining_pence == 10_000_00
    assert sum(Award.objects.values_list("committed_pence", flat=True)) == 0


@pytest.mark.parametrize("status", [Status.PAID, Status.DECLINED, Status.CLOSED])
def test_what_is_over_or_paid_is_not_withdrawn(lead, status) -> None:
    made = an_application(status, lead=lead)
    assert denied(withdraw_application, application=made, why="", by=lead).status == 409


def test_a_draft_is_deleted_with_its_files(draft, lead, django_capture_on_commit_callbacks) -> None:
    document = add_document(
        application=draft, kind=DocumentKind.OTHER, name="a.pdf", content=pdf(), by=lead, at=NOW
    )
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft_application(application=draft, by=lead, at=NOW)
    assert not Application.objects.exists()
    assert not private().exists(document.file.name)


# --- documents -------------------------------------------------------------------------------------------


def attach(application, by, **fields) -> Document:
    given = {"kind": DocumentKind.OTHER, "name": "rules.pdf", "content": pdf(), **fields}
    return add_document(application=application, by=by, at=fields.pop("at", NOW), **given)


def test_a_document_is_kept_under_a_name_that_nobody_can_guess(draft, lead) -> None:
    kept = attach(draft, lead)
    assert kept.name == "rules.pdf"
    assert "rules" not in kept.file.name
    assert len(kept.file.name.split("/")[-1]) > 32
    with pytest.raises(ValueError, match="not accessible via a URL"):
        assert kept.file.url
    assert attach(draft, lead) == kept


def test_a_picture_is_drawn_anew(draft, lead) -> None:
    kept = attach(draft, lead, name="photo.png", content=picture() + b"<script>hidden</script>")
    assert (kept.name, kept.content_type) == ("photo.jpg", "image/jpeg")
    with kept.file.open() as opened:
        assert b"script" not in opened.read()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "wish"}, "kind"),
        ({"content": b""}, "file"),
        ({"content": pdf(packed_objects(b"5 0 << /S /JavaScript >>"))}, "file"),
        ({"name": "photo.png", "content": b"\x89PNG\r\n\x1a\nbroken"}, "file"),
    ],
)
def test_what_could_act_or_is_nothing_is_not_kept(draft, lead, fields, field) -> None:
    with pytest.raises(Refused) as refused:
        attach(draft, lead, **fields)
    assert refused.value.denied.field == field
    assert not Document.objects.exists()


def test_there_are_twenty_at_most(draft, lead) -> None:
    for number in range(20):
        attach(draft, lead, content=pdf(b"%d" % number))
    with pytest.raises(Refused):
        attach(draft, lead, content=pdf(b"21"))


def test_what_the_council_may_have_read_stays(lead, django_capture_on_commit_callbacks) -> None:
    made = an_application(Status.DRAFT, lead=lead)
    old = attach(made, lead)
    later = NOW + timedelta(days=3)
    Application.objects.filter(pk=made.pk).update(
        status=Status.MORE_INFORMATION, status_since=later, reference="X", submitted_at=NOW
    )
    new = add_document(application=made, kind="other", name="b.pdf", content=pdf(b"2"), by=lead, at=later)
    assert denied(remove_document, application=made, document_id=old.pk, by=lead).status == 409
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            remove_document(application=made, document_id=new.pk, by=lead, at=later)
    assert list(Document.objects.all()) == [old]
    assert not private().exists(new.file.name)


def test_a_councillor_reads_what_the_decision_needs_and_no_bank_statement(lead) -> None:
    councillor = AccountFactory()
    made = an_application(Status.DRAFT, lead=lead, budgets=[a_councillors_budget(councillor)])
    rules = attach(made, lead, kind=DocumentKind.CONSTITUTION)
    bank = attach(made, lead, kind=DocumentKind.BANK_STATEMENT)
    assert not may_read_document(councillor, rules)
    Application.objects.update(status=Status.SUBMITTED, reference="X", submitted_at=NOW)
    rules.application.refresh_from_db()
    bank.application.refresh_from_db()
    assert may_read_document(councillor, rules)
    assert not may_read_document(councillor, bank)
    assert may_read_document(lead, bank)
    assert not may_read_document(AccountFactory(), rules)
