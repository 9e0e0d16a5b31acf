"""The back office for calls: phases as rows of dates, questions in order, and next year's in one step."""

import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission

from ideas.enums import Feeds
from ideas.models import Call, CallQuestion, Phase, PhaseShift
from tests.factories import CallFactory, PlaceFactory, ThemeFactory

pytestmark = pytest.mark.django_db

KEEPER = ["view_call", "add_call", "change_call"]
SENT = {
    "title": "Safer streets",
    "explanation": "Where do you not feel safe?",
    "feeds": "nothing",
    "body-count": "0",
    "questions-TOTAL_FORMS": "0",
    "questions-INITIAL_FORMS": "0",
    "suggest_starts_at": "2026-06-01 09:00",
    "suggest_ends_at": "2026-07-01 17:00",
}


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def keeper(client, account_with):
    account = account_with(*KEEPER)
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(account)
    return account


def question(number: int, label: str, **more: str) -> dict[str, str]:
    stem = f"questions-{number}"
    return {f"{stem}-label": label, f"{stem}-kind": "short", f"{stem}-ORDER": str(number + 1)} | {
        f"{stem}-{name}": value for name, value in more.items()
    }


@pytest.mark.usefixtures("keeper")
def test_an_officer_sets_up_a_call(client) -> None:
    form = words(client.get("/admin/calls/new/"))
    for label in ("Suggest ideas", "Make it happen", "Questions beside the idea", "Why the dates change"):
        assert label in form
    wrong = SENT | {
        "suggest_starts_at": SENT["suggest_ends_at"],
        "suggest_ends_at": SENT["suggest_starts_at"],
    }
    assert "must end after it starts" in words(client.post("/admin/calls/new/", wrong))
    assert not Call.objects.exists()
    assert client.post("/admin/calls/new/", SENT).status_code == 302
    call = Call.objects.get()
    assert call.slug == "safer-streets"
    phase = call.phases.get()
    assert (phase.kind, phase.starts_at, phase.ends_at) == (
        "suggest",
        datetime(2026, 6, 1, 8, tzinfo=UTC),
        datetime(2026, 7, 1, 16, tzinfo=UTC),
    )
    again = SENT | {"title": "Even safer streets", "version": "1"}
    assert client.post(f"/admin/calls/edit/{call.pk}/", again).status_code == 302
    call.refresh_from_db()
    assert (call.title, call.slug) == ("Even safer streets", "safer-streets")
    assert client.post("/admin/calls/new/", SENT).status_code == 302
    assert set(Call.objects.values_list("slug", flat=True)) == {"safer-streets", "safer-streets-2"}


@pytest.mark.usefixtures("keeper")
@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        (
            {"support_starts_at": "2026-06-15 09:00", "support_ends_at": "2026-08-01 09:00"},
            "support_starts_at",
            "“Support ideas” comes after “Suggest ideas”, and two phases may not overlap."
            " Choose 5pm on Wednesday 1 July 2026 or later.",
        ),
        (
            {"assess_starts_at": "2026-05-01 09:00", "assess_ends_at": "2026-05-09 09:00"},
            "assess_starts_at",
            "“The council looks at them” comes after “Suggest ideas”, and two phases may not overlap."
            " Choose 5pm on Wednesday 1 July 2026 or later.",
        ),
        ({"support_starts_at": "2026-08-15 09:00"}, "support_ends_at", "A phase has a start and an end."),
    ],
)
def test_dates_that_do_not_fit_are_marked_and_what_was_typed_stays(client, sent, field, sentence) -> None:
    answer = client.post("/admin/calls/new/", SENT | sent)
    assert answer.context["form"].errors == {field: [answer.context["form"].errors[field][0]]}
    assert sentence in answer.context["form"].errors[field][0]
    assert sentence in words(answer)
    assert "Where do you not feel safe?" in words(answer)
    assert not Call.objects.exists()


@pytest.mark.usefixtures("keeper")
def test_without_the_script_that_draws_the_body_the_body_stays_and_the_rest_is_saved(client) -> None:
    boxes = {
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-value": "Why we ask",
    }
    assert client.post("/admin/calls/new/", SENT | boxes | {"body-count": "1"}).status_code == 302
    call = Call.objects.get()
    sent = {name: text for name, text in SENT.items() if name != "body-count"}
    sent |= {"title": "Even safer streets", "version": "1"}
    wrong = client.post(f"/admin/calls/edit/{call.pk}/", sent | {"suggest_ends_at": "2026-05-01 09:00"})
    assert wrong.status_code == 200
    assert "must end after it starts" in words(wrong)
    assert "Why we ask" in words(wrong)
    assert client.post(f"/admin/calls/edit/{call.pk}/", sent).status_code == 302
    call.refresh_from_db()
    assert call.title == "Even safer streets"
    assert [block.value for block in call.body] == ["Why we ask"]


@pytest.mark.usefixtures("keeper")
def test_questions_are_kept_in_the_order_of_the_form(client) -> None:
    sent = (
        SENT
        | {"questions-TOTAL_FORMS": "2"}
        | question(0, "Who would use it?")
        | question(1, "Is it urgent?")
    )
    assert client.post("/admin/calls/new/", sent).status_code == 302
    one, two = CallQuestion.objects.all()
    assert (one.label, two.label) == ("Who would use it?", "Is it urgent?")
    turned = (
        SENT
        | {"questions-TOTAL_FORMS": "2", "questions-INITIAL_FORMS": "2", "version": "1"}
        | question(0, "Who would use it?", id=str(one.pk), ORDER="2")
        | question(1, "Is it very urgent?", id=str(two.pk), ORDER="1")
    )
    call = Call.objects.get()
    assert client.post(f"/admin/calls/edit/{call.pk}/", turned).status_code == 302
    assert [(each.pk, each.label) for each in CallQuestion.objects.all()] == [
        (two.pk, "Is it very urgent?"),
        (one.pk, "Who would use it?"),
    ]
    gone = turned | {"questions-0-DELETE": "on", "version": "2"}
    assert client.post(f"/admin/calls/edit/{call.pk}/", gone).status_code == 302
    assert CallQuestion.objects.get().pk == two.pk


@pytest.mark.usefixtures("keeper")
def test_the_slower_of_two_officers_reads_what_the_faster_one_saved(client) -> None:
    client.post("/admin/calls/new/", SENT)
    call = Call.objects.get()
    address = f"/admin/calls/edit/{call.pk}/"
    began = client.get(address).context["form"]
    seen = SENT | {"version": str(began["version"].value())}
    theirs = {"explanation": "Where do you cross?", "suggest_ends_at": "2026-07-31 17:00", "ideas_each": "3"}
    assert client.post(address, seen | theirs).status_code == 302
    mine = seen | {"title": "Safer lanes", "explanation": "Which lanes are dark?"}
    refused = client.post(address, mine)
    assert refused.status_code == 409
    assert "Somebody else saved this call while you were writing." in words(refused)
    form = refused.context["form"]
    assert {name: errors[0] for name, errors in form.errors.items() if name != "__all__"} == {
        "title": "The call now says: “Safer streets”.",
        "explanation": "The call now says: “Where do you cross?”.",
        "suggest_ends_at": "The call now says: “2026-07-31 17:00”.",
        "ideas_each": "The call now says: “3”.",
    }
    assert "Which lanes are dark?" in words(refused)
    call.refresh_from_db()
    assert call.explanation == "Where do you cross?"
    together = mine | {"ideas_each": "3", "version": str(form["version"].value())}
    assert client.post(address, together).status_code == 302
    call.refresh_from_db()
    assert (call.title, call.explanation, call.ideas_each) == ("Safer lanes", "Which lanes are dark?", 3)


@pytest.mark.usefixtures("keeper")
def test_the_slower_one_reads_of_questions_places_themes_and_the_page_too(client) -> None:
    client.post("/admin/calls/new/", SENT)
    call, theme, place = Call.objects.get(), ThemeFactory(name="Trees"), PlaceFactory(name="Elm Hill")
    address = f"/admin/calls/edit/{call.pk}/"
    seen = SENT | {"version": str(call.version)}
    paragraph = {"type": "text", "value": "<p>Bring a torch.</p>", "id": "a1"}
    call.body = json.dumps([paragraph])
    call.save()
    call.themes.set([theme])
    call.places.set([place])
    CallQuestion.objects.create(call=call, label="Which colour?", kind="short")
    Call.objects.update(version=2)
    refused = client.post(address, seen)
    assert refused.status_code == 409
    errors = refused.context["form"].errors
    assert errors["themes"] == ["The call now says: “Trees”."]
    assert errors["places"] == ["The call now says: “Elm Hill”."]
    assert errors["body"] == ["The call now says: “Bring a torch.”."]
    assert "The questions of the call are now: Which colour?." in errors["__all__"]


@pytest.mark.usefixtures("keeper")
def test_a_question_to_choose_from_needs_its_choices(client) -> None:
    sent = SENT | {"questions-TOTAL_FORMS": "1"} | question(0, "Which colour?", kind="one_of")
    assert "Write what can be chosen" in words(client.post("/admin/calls/new/", sent))
    assert not Call.objects.exists()


def test_moving_a_public_date_asks_why_and_tells_the_public(client, keeper) -> None:
    call = CallFactory(title="Parks", announced_at=datetime(2026, 1, 1, tzinfo=UTC))
    Phase.objects.filter(call=call).update(
        starts_at=datetime(2026, 6, 1, 8, tzinfo=UTC), ends_at=datetime(2026, 7, 1, 16, tzinfo=UTC)
    )
    sent = SENT | {
        "announced_at": "2026-01-01 00:00",
        "suggest_ends_at": "2026-07-08 17:00",
        "version": str(call.version),
    }
    address = f"/admin/calls/edit/{call.pk}/"
    refused = client.post(address, sent)
    assert "Say why its dates change" in words(refused)
    assert refused.context["form"].errors.keys() == {"reason"}
    assert client.post(address, sent | {"reason": "Snow closed the libraries."}).status_code == 302
    assert PhaseShift.objects.get().shifted_by == keeper
    assert "Snow closed the libraries." in words(client.get(call.get_absolute_url()))


@pytest.mark.usefixtures("keeper")
def test_saving_what_the_boxes_show_changes_no_date(client) -> None:
    exact = datetime(2026, 6, 1, 8, 0, 31, 250, tzinfo=UTC)
    call = CallFactory(announced_at=exact, phases={"suggest": (exact, datetime(2026, 7, 1, 16, tzinfo=UTC))})
    address = f"/admin/calls/edit/{call.pk}/"
    answer = client.post(address, SENT | {"announced_at": "2026-06-01 09:00:31", "version": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    again = SENT | {"announced_at": "2026-06-01 09:00", "version": "2"}
    assert client.post(address, again).status_code == 302
    call.refresh_from_db()
    assert call.announced_at == call.phases.get().starts_at == exact
    assert not PhaseShift.objects.exists()


@pytest.mark.usefixtures("keeper")
def test_the_pot_is_typed_in_pounds(client) -> None:
    sent = SENT | {"feeds": Feeds.BALLOT, "ballot_pot": "25,000"}
    assert client.post("/admin/calls/new/", sent).status_code == 302
    assert Call.objects.get().ballot_pot_pence == 25_000_00


@pytest.mark.usefixtures("keeper")
def test_next_years_call_is_one_step_away(client) -> None:
    call = CallFactory(title="Ideas for 2026")
    assert "Copy for next year" in words(client.get("/admin/calls/"))
    assert "Copy for next year" in words(client.get(f"/admin/calls/edit/{call.pk}/"))
    address = f"/admin/calls/next-year/{call.pk}/"
    asked = words(client.get(address))
    assert "Ideas for 2026" in asked
    assert Call.objects.count() == 1  # looking changes nothing
    answer = client.post(address)
    copy = Call.objects.exclude(pk=call.pk).get()
    assert answer.url == f"/admin/calls/edit/{copy.pk}/"
    assert (copy.title, copy.announced_at) == ("Ideas for 2027", None)


def test_who_may_only_look_copies_and_changes_nothing(client, account_with) -> None:
    account = account_with("view_call")
    account.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(account)
    call = CallFactory(title="Parks")
    page = words(client.get("/admin/calls/"))
    assert "Parks" in page
    assert "Copy for next year" not in page
    assert client.post(f"/admin/calls/next-year/{call.pk}/").status_code in {302, 403}
    assert client.post(f"/admin/calls/edit/{call.pk}/", SENT).status_code in {302, 403}
    assert Call.objects.get().title == "Parks"
