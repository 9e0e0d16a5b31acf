"""Writing an application page by page, saved and come back to, without a script."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from budgets.grants.actions import add_document
from budgets.grants.enums import DocumentKind, Status
from budgets.grants.models import Application, Cost, Document, Expected, Member, RequiredDocument, Scheme
from tests.budgets.grants.factories import NOW, SchemeFactory, a_councillors_budget, a_group, an_application
from tests.budgets.grants.files import packed_objects, pdf
from tests.costs import is_transaction_control
from tests.factories import AccountFactory, AwardFactory, IdeaFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine, settings, tmp_path) -> None:
    time_machine.move_to(NOW, tick=False)
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "engage.kit.storage.PrivateFiles", "OPTIONS": {"location": str(tmp_path)}},
    }


@pytest.fixture
def lead():
    return AccountFactory()


@pytest.fixture
def client(lead) -> Client:
    return as_(lead)


@pytest.fixture
def draft(lead) -> Application:
    return an_application(Status.DRAFT, lead=lead, declared=True)


def as_(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def url(application: Application, page: str = "") -> str:
    start = f"/grants/applications/{application.pk}/"
    return f"{start}write/{page}/" if page else start


def shown(client: Client, application: Application, page: str) -> dict[str, str]:
    """The boxes of a page as a browser would send them back."""
    context = client.get(url(application, page)).context
    if context["lines"]:
        boxes = [field for line in context["lines"].forms for field in line]
        return {"seen": context["lines"].seen, **{each.html_name: each.value() or "" for each in boxes}}
    return {each.html_name: each.value() or "" for each in context["form"]}


def test_an_idea_leads_to_an_application_with_its_words(client, lead) -> None:
    group, scheme, theme = a_group(lead), SchemeFactory(), ThemeFactory()
    idea = IdeaFactory(theme=theme)
    page = client.get(f"/grants/apply/?idea={idea.pk}")
    assert escape(idea.title) in page.content.decode()
    answer = client.post("/grants/apply/", {"group": group.pk, "scheme": scheme.pk, "idea": idea.pk})
    made = Application.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, url(made, "project"))
    assert (made.idea, made.title, made.theme) == (idea, idea.title, theme)


def test_an_idea_is_offered_to_groups_until_it_has_money(client) -> None:
    SchemeFactory()
    idea = IdeaFactory()
    assert "Could your group do this?" in client.get(idea.get_absolute_url()).content.decode()
    AwardFactory(idea=idea)
    assert "Could your group do this?" not in client.get(idea.get_absolute_url()).content.decode()


@pytest.mark.parametrize("idea", ["0", "x", "9" * 30, "-1"])
def test_an_idea_that_is_not_there_is_left_out(client, lead, idea) -> None:
    a_group(lead)
    SchemeFactory()
    assert client.get("/grants/apply/", {"idea": idea}).status_code == 200


def test_without_a_group_or_a_scheme_the_page_says_what_to_do(client, lead) -> None:
    assert "No scheme takes applications now" in client.get("/grants/apply/").content.decode()
    SchemeFactory()
    assert "Register your group first" in client.get("/grants/apply/").content.decode()


@pytest.mark.slow
def test_a_whole_application_page_by_page(client, lead) -> None:
    budget, scheme = a_councillors_budget(), SchemeFactory()
    RequiredDocument.objects.create(scheme=scheme, kind=DocumentKind.CONSTITUTION, from_pence=0)
    client.post("/grants/apply/", {"group": a_group(lead).pk, "scheme": scheme.pk})
    made = Application.objects.get()
    typed = {
        "project": {"title": "Benches", "summary": "Three benches."},
        "why": {"need": "No seats.", "last_resort": "No other money.", "who_benefits": "All of us."},
        "place": {"place": budget.place_id, "theme": ""},
        "spending": {"spend_kind": "capital", "starts_on": "2026-09-01", "ends_on": "2026-12-01"},
        "costs": {"0-what": "Benches", "0-amount_pence": "£1,400", "2-what": "Paint", "2-amount_pence": "50"},
        "funders": {"0-name": "Our own", "0-amount_pence": "450", "0-answer": "given"},
        "councillors": {f"ask-{budget.pk}": "1,000.00"},
        "outcomes": {"0-measure": "benches in place", "0-number": "3"},
    }
    pages = [*typed, "documents", "declaration", "check"]
    for page, words in typed.items():
        answer = client.post(url(made, page), {**shown(client, made, page), **words})
        assert (answer.status_code, answer["Location"]) == (303, url(made, pages[pages.index(page) + 1])), (
            page
        )
    file = SimpleUploadedFile("rules.pdf", pdf(), "application/pdf")
    assert client.post(url(made, "documents"), {"kind": "constitution", "file": file}).status_code == 303
    assert client.post(url(made, "documents"), {"next": "yes"})["Location"] == url(made, "declaration")
    client.post(url(made, "declaration"), {**shown(client, made, "declaration"), "declared": "on"})
    check = client.get(url(made, "check"))
    assert check.context["errors"] == []
    assert "That adds up." in check.content.decode()
    sent = client.post(url(made, "check"), {"version": check.context["form"]["version"].value()})
    assert (sent.status_code, sent["Location"]) == (303, url(made))
    assert client.post(url(made, "check"), {"version": "1"})["Location"] == url(made)  # pressed twice
    page = client.get(url(made)).content.decode()
    assert "G-2026-0001" in page
    assert "Sent to the councillor" in page


def test_what_is_missing_is_said_after_it_was_saved(client, draft) -> None:
    answer = client.post(
        url(draft, "project"), {**shown(client, draft, "project"), "title": "New", "summary": ""}
    )
    assert answer.status_code == 422
    assert "Say what the money is for." in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.summary) == ("New", "")
    again = client.post(
        url(draft, "project"),
        {"title": "New", "summary": "Words", "seen": answer.context["form"].data["seen"]},
    )
    assert again.status_code == 303


def test_a_page_may_be_left_half_empty_for_today(client, draft) -> None:
    typed = {**shown(client, draft, "why"), "need": "", "later": "yes"}
    assert client.post(url(draft, "why"), typed)["Location"] == url(draft)
    assert "Something is missing" in client.get(url(draft)).content.decode()


@pytest.mark.parametrize(
    ("page", "words", "said"),
    [
        ("project", {"title": "a" * 141}, "room for 140"),
        ("project", {"title": "a\0b"}, "hidden sign"),
        ("spending", {"starts_on": "soon"}, "Enter a date"),
        ("spending", {"starts_on": "2026-12-02", "ends_on": "2026-12-01"}, "cannot end before"),
        ("place", {"place": "999999"}, "is not on the list"),
        ("costs", {"0-what": "Benches", "0-amount_pence": "lots"}, "Enter an amount in pounds"),
        ("costs", {"0-what": "Benches", "0-amount_pence": ""}, "Enter what this costs"),
        ("costs", {"0-what": "", "0-amount_pence": "5"}, "Say what this amount is paid for"),
        ("funders", {"0-name": "Lottery", "0-amount_pence": "5", "0-answer": ""}, "Say what they answered"),
        ("outcomes", {"0-measure": "x", "0-number": "-1"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_kept_stays_in_its_box(client, draft, page, words, said) -> None:
    answer = client.post(url(draft, page), {**shown(client, draft, page), **words})
    assert answer.status_code == 422
    assert said in answer.content.decode(), answer.context["errors"]
    for typed in filter(None, words.values()):
        assert typed.replace("\0", "�") in answer.content.decode() or "\0" in typed


def test_more_lines_keep_what_was_typed(client, draft) -> None:
    typed = {"0-what": "Benches", "0-amount_pence": "oops", "3-what": "Paint", "more": "yes"}
    answer = client.post(url(draft, "costs"), typed)
    assert answer.status_code == 200
    assert [form["what"].value() for form in answer.context["lines"].forms][:4] == [
        "Benches",
        "",
        "",
        "Paint",
    ]
    assert 'value="oops"' in answer.content.decode()
    assert Cost.objects.get().what == "Benches"


def test_both_texts_are_shown_when_a_colleague_was_faster(client, draft) -> None:
    colleague = AccountFactory()
    Member.objects.create(organisation=draft.organisation, account=colleague, joined_at=NOW)
    mine = shown(client, draft, "project")
    theirs = as_(colleague)
    theirs.post(url(draft, "project"), {**mine, "title": "Theirs"})
    answer = client.post(url(draft, "project"), {**mine, "title": "Mine"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs" in page
    assert 'value="Mine"' in page
    again = {**mine, "title": "Mine", "seen": answer.context["form"].data["seen"]}
    assert client.post(url(draft, "project"), again).status_code == 303
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_lines_clash_too(client, draft) -> None:
    mine = shown(client, draft, "outcomes")
    Expected.objects.create(application=draft, measure="people", number=9)
    answer = client.post(url(draft, "outcomes"), {**mine, "0-measure": "seats", "0-number": "5"})
    assert answer.status_code == 409
    assert "people" in answer.content.decode()
    assert 'value="seats"' in answer.content.decode()


def test_what_was_typed_is_still_there_when_it_was_sent_meanwhile(client, draft) -> None:
    mine = shown(client, draft, "project")
    Application.objects.update(status=Status.SUBMITTED, reference="X", submitted_at=NOW)
    answer = client.post(url(draft, "project"), {**mine, "title": "Too late now"})
    assert answer.status_code == 409
    assert "Too late now" in answer.content.decode()
    assert "Copy your words" in answer.content.decode()


def test_a_scheme_that_closed_meanwhile_says_so_and_keeps_all(client, draft) -> None:
    version = client.get(url(draft, "check")).context["form"]["version"].value()
    Scheme.objects.update(closes_on=date(2026, 6, 14))
    answer = client.post(url(draft, "check"), {"version": version})
    assert answer.status_code == 409
    assert "The last day for" in answer.content.decode()
    assert "Benches for the green" in answer.content.decode()


def test_what_is_missing_leads_to_its_page(client, lead) -> None:
    made = an_application(Status.DRAFT, lead=lead)
    page = client.get(url(made, "check")).content.decode()
    assert f'href="{url(made, "declaration")}?back=check"' in page
    assert client.post(url(made, "check"), {"version": "1"}).status_code == 422


def test_the_money_left_of_each_councillor_is_shown_and_others_can_be_asked(client, draft) -> None:
    other = a_councillors_budget(allocated_pence=1_234_00)
    page = client.get(url(draft, "councillors")).content.decode()
    assert "£10,000 left of £10,000" in page
    assert "£1,234 left" not in page
    typed = {**shown(client, draft, "councillors"), "another": other.pk, "add": "yes"}
    answer = client.post(url(draft, "councillors"), typed)
    assert "£1,234 left of £1,234" in client.get(answer["Location"]).content.decode()
    draft.asks.all().delete()
    Application.objects.update(place=None)
    assert client.get(url(draft, "councillors")).context["form"].fields["another"].required


def test_a_wrong_file_says_why_and_nothing_of_it_stays(client, draft) -> None:
    bad = pdf(packed_objects(b"5 0 << /S /JavaScript >>"))
    for name, content, said in [
        ("rules.pdf", bad, "scripts"),
        ("x.exe", b"MZ", "program"),
        ("e.pdf", b"", "empty"),
    ]:
        file = SimpleUploadedFile(name, content)
        answer = client.post(url(draft, "documents"), {"kind": "other", "file": file})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Document.objects.exists()


def test_an_answer_that_cannot_be_sent_stays_on_the_page(client, lead) -> None:
    made = an_application(Status.MORE_INFORMATION, lead=lead)
    made.costs.all().delete()
    answer = client.post(f"{url(made)}answer/", {"words": "The shed is ours."})
    assert answer.status_code == 422
    assert "The shed is ours." in answer.content.decode()
    Cost.objects.create(application=made, what="Benches", amount_pence=500_00)
    assert client.post(f"{url(made)}answer/", {"words": "The shed is ours."}).status_code == 303
    made.refresh_from_db()
    assert made.status == Status.CHECK


def test_a_draft_is_deleted_and_what_was_sent_is_withdrawn(client, lead, draft) -> None:
    assert "Delete this draft?" in client.get(f"{url(draft)}withdraw/").content.decode()
    client.post(f"{url(draft)}withdraw/")
    assert not Application.objects.exists()
    sent = an_application(lead=lead)
    client.post(f"{url(sent)}withdraw/", {"why": "We found the money."})
    sent.refresh_from_db()
    assert sent.status == Status.WITHDRAWN


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_page_that_says_what_comes_next(client, lead, status) -> None:
    made = an_application(status, lead=lead)
    answer = client.get(url(made))
    assert answer.status_code == 200
    assert status == Status.DRAFT or answer.context["next"]


# --- who gets what ---------------------------------------------------------------------------------------

SECRET = b"%PDF-1.7 only for us"


@pytest.mark.slow
@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.PAID])
def test_no_byte_for_anybody_else(lead, status) -> None:
    made = an_application(Status.DRAFT, lead=lead, title="Hush")
    document = add_document(application=made, kind="bank", name="bank.pdf", content=SECRET, by=lead, at=NOW)
    Application.objects.update(status=status, reference="X", submitted_at=NOW)
    other_lead = a_group(AccountFactory()).members.get().account
    paths = [url(made), *(url(made, page) for page in ("project", "costs", "documents", "check"))]
    paths += [f"{url(made)}{end}/" for end in (f"documents/{document.pk}", "withdraw", "answer")]
    for path in paths:
        for who in (other_lead, AccountFactory()):
            for method in ("get", "post"):
                answer = getattr(as_(who), method)(path)
                assert answer.status_code == 404, path
                assert b"Hush" not in answer.content
                assert b"only for us" not in answer.content
        stranger = Client().get(path)
        assert stranger.status_code == 302
        assert stranger.url.startswith("/account/login/")


def test_a_document_is_a_download_that_runs_nowhere(client, draft, lead) -> None:
    document = add_document(
        application=draft, kind="other", name="rules.pdf", content=SECRET, by=lead, at=NOW
    )
    answer = client.get(f"{url(draft)}documents/{document.pk}/")
    assert b"".join(answer.streaming_content) == SECRET
    assert answer["Content-Disposition"] == 'attachment; filename="rules.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Cache-Control"] == "private, no-store"
    other = an_application(Status.DRAFT, lead=lead)
    assert client.get(f"{url(other)}documents/{document.pk}/").status_code == 404
    assert client.get(f"/media/{document.file.name}").status_code == 404


@pytest.mark.slow
def test_a_councillor_who_is_asked_reads_all_but_the_bank_statement(lead) -> None:
    councillor = AccountFactory()
    made = an_application(Status.DRAFT, lead=lead, budgets=[a_councillors_budget(councillor)])
    files = {
        kind: add_document(
            application=made, kind=kind, name="x.pdf", content=pdf(kind.encode()), by=lead, at=NOW
        )
        for kind in ("constitution", "bank")
    }
    theirs = as_(councillor)
    assert theirs.get(url(made)).status_code == 404
    Application.objects.update(status=Status.SUBMITTED, reference="X", submitted_at=NOW)
    assert theirs.get(url(made)).status_code == 200
    status = {
        kind: theirs.get(f"{url(made)}documents/{each.pk}/").status_code for kind, each in files.items()
    }
    assert status == {"constitution": 200, "bank": 404}
    assert theirs.post(url(made, "project"), {"title": "x", "seen": ""}).status_code == 403
    made.refresh_from_db()
    assert made.title == "Benches for the green"


@pytest.mark.slow
def test_pages_ask_the_same_however_much_stands_in_them(client, draft, lead) -> None:
    def asked() -> list[int]:
        counts = []
        for page in ("", "costs", "councillors", "documents", "check"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url(draft, page)).status_code == 200
            counts.append(sum(not is_transaction_control(each["sql"]) for each in queries))
        with CaptureQueriesContext(connection) as queries:
            client.get("/grants/groups/")
        return [*counts, len(queries)]

    asked()
    before = asked()
    Cost.objects.bulk_create(Cost(application=draft, what=f"c{n}", amount_pence=1) for n in range(30))
    Expected.objects.bulk_create(Expected(application=draft, measure=f"m{n}", number=1) for n in range(30))
    for number in range(15):
        add_document(
            application=draft, kind="other", name="a.pdf", content=pdf(b"%d" % number), by=lead, at=NOW
        )
        a_councillors_budget(place=draft.place)
        an_application(Status.DRAFT, lead=lead, organisation=draft.organisation)
    assert asked() == before
