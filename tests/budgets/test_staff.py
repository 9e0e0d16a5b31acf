"""The back office of money: an officer records, a councillor and an auditor look, a resident stays out."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from budgets.models import Award, Budget, Entry, Organisation
from engage.accounts.actions import give_roles
from engage.kit.years import financial_year
from tests.factories import (
    AccountFactory,
    AwardFactory,
    BudgetFactory,
    CouncillorFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef0123456789abcde"
TODAY = date.today()  # noqa: DTZ011


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STAFF_MFA = False


def somebody(client, *roles):
    account = AccountFactory()
    give_roles(account=account, roles=roles, at=timezone.now())
    client.force_login(account)
    return account


@pytest.fixture
def officer(client):
    return somebody(client, "officer")


def words(response) -> str:
    return " ".join(response.content.decode().split())


def pay(client, award, amount="400", **more):
    return client.post(
        reverse("staff_awards:pay", args=[award.pk]),
        {"amount": amount, "on": TODAY.isoformat(), "note": "First half", "key": KEY + "0", **more},
    )


def test_an_officer_records_a_commitment_and_everyone_sees_it_at_once(client, officer):
    budget, organisation = BudgetFactory(year=financial_year(TODAY)), OrganisationFactory()
    answer = client.post(
        reverse("staff_awards:add"),
        {
            "budget": budget.pk,
            "organisation": organisation.pk,
            "title": "A boat for the canal cleaners",
            "purpose": "A boat.",
            "amount": "1,250.50",
            "decided_on": TODAY.isoformat(),
            "decided_by": "Alex Example",
            "reason": "It floats.",
            "key": KEY + "0",
        },
    )
    assert answer.status_code == 302, words(answer)
    award = Award.objects.get()
    assert answer.headers["Location"] == reverse("staff_awards:inspect", args=[award.pk])
    assert award.awarded_pence == 1_250_50
    assert award.place == budget.place
    assert award.entries.get().recorded_by == officer
    client.logout()
    assert "A boat for the canal cleaners" in words(client.get("/budgets/"))


def test_money_that_does_not_fit_is_refused_beside_the_amount_and_nothing_is_written(client, officer):
    budget = BudgetFactory(allocated_pence=1_200_00)
    answer = client.post(
        reverse("staff_awards:add"),
        {
            "budget": budget.pk,
            "organisation": OrganisationFactory().pk,
            "title": "Too much",
            "purpose": "More.",
            "amount": "1500",
            "decided_on": TODAY.isoformat(),
            "key": KEY + "0",
        },
    )
    assert answer.status_code == 422
    assert "£300 more than is left (£1,200)" in words(answer)
    assert not Award.objects.exists()


def test_an_officer_pays_once_even_when_the_button_is_pressed_twice(client, officer):
    award = AwardFactory(amount_pence=1_000_00)
    assert pay(client, award).status_code == 302
    assert pay(client, award).status_code == 302
    award.refresh_from_db()
    assert (award.spent_pence, award.status) == (400_00, "part_paid")
    assert "£400 paid" in words(client.get(award.get_absolute_url()))


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"amount": "1000.01"}, "£0.01 more than is left to pay (£1,000)"),
        ({"amount": "a lot"}, "Enter an amount in pounds, like 1,250 or 1,250.50."),
        ({"amount": "-5"}, "Enter an amount in pounds"),
        ({"amount": "0"}, "Enter an amount above £0."),
        ({"amount": "1.005"}, "Enter an amount in pounds"),
        ({"on": (TODAY + timedelta(days=1)).isoformat()}, "This day is still to come."),
        ({"on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_a_payment_that_cannot_be_is_refused_with_its_reason(client, officer, entered, sentence):
    award = AwardFactory(amount_pence=1_000_00)
    answer = pay(client, award, **entered)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert award.entries.count() == 1


def test_a_form_without_a_key_still_works(client, officer):
    award = AwardFactory(amount_pence=1_000_00)
    assert pay(client, award, key="").status_code == 302
    assert pay(client, award, key="a|b").status_code == 302
    award.refresh_from_db()
    assert award.spent_pence == 800_00


def test_an_officer_releases_and_refunds(client, officer):
    award = AwardFactory(amount_pence=1_000_00, paid_pence=600_00)
    form = {"amount": "400", "on": TODAY.isoformat(), "key": KEY + "0"}
    assert client.post(reverse("staff_awards:release", args=[award.pk]), form).status_code == 302
    form = {"amount": "600", "on": TODAY.isoformat(), "key": KEY + "1"}
    assert client.post(reverse("staff_awards:refund", args=[award.pk]), form).status_code == 302
    award.refresh_from_db()
    assert award.status == "cancelled"


def report(client, award, address="report", *more, **entered):
    return client.post(
        reverse(f"staff_awards:{address}", args=[award.pk, *more]),
        {"measure": "Benches", "forecast": "3", "actual": "4", "reported_on": TODAY.isoformat(), **entered},
    )


def test_an_officer_reports_a_result_and_corrects_it(client, officer):
    award = AwardFactory(amount_pence=100_00, paid_pence=100_00)
    assert report(client, award).status_code == 302
    assert "1 more than forecast" in words(client.get(award.get_absolute_url()))
    assert report(client, award).status_code == 409
    outcome = award.outcomes.get()
    assert report(client, award, "correct_outcome", outcome.pk, actual="2").status_code == 302
    outcome.refresh_from_db()
    assert outcome.actual == 2
    other = AwardFactory()
    assert report(client, other, "correct_outcome", outcome.pk, actual="9").status_code == 404


def picture(size=(60, 40), fmt="JPEG", **save) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", size, (9, 90, 9)).save(buffer, fmt, **save)
    return SimpleUploadedFile("bench.jpg", buffer.getvalue(), "image/jpeg")


def add_photo(client, award, file, alt="Two people on a bench"):
    return client.post(reverse("staff_awards:photo", args=[award.pk]), {"file": file, "alt": alt})


def test_a_photo_is_published_without_what_the_camera_wrote_beside_it(client, officer):
    award = AwardFactory()
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    assert add_photo(client, award, picture(exif=exif)).status_code == 302
    photo = award.photos.get()
    with photo.image.file.open() as kept:
        assert not dict(Image.open(kept).getexif())
    page = words(client.get(award.get_absolute_url()))
    assert 'alt="Two people on a bench"' in page
    answer = client.post(reverse("staff_awards:remove_photo", args=[award.pk, photo.pk]))
    assert answer.status_code == 302
    assert not award.photos.exists()


@pytest.mark.parametrize(
    ("file", "alt", "sentence"),
    [
        (
            SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>"),
            "A bench",
            "We cannot open this file as a picture",
        ),
        (SimpleUploadedFile("x.jpg", b""), "A bench", "empty"),
        (
            SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + b"0" * (10 * 1024 * 1024)),
            "A bench",
            "The most we can take",
        ),
        (picture(), "", "This field is required."),
    ],
)
def test_a_photo_that_is_none_is_refused_and_nothing_is_kept(client, officer, file, alt, sentence):
    award = AwardFactory()
    answer = add_photo(client, award, file, alt)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not award.photos.exists()


def test_an_officer_opens_allocates_and_transfers(client, officer):
    other, councillor = BudgetFactory(), CouncillorFactory()
    answer = client.post(
        reverse("staff_budgets:add"),
        {
            "year": "2026",
            "place": other.place.pk,
            "councillor": councillor.pk,
            "amount": "500",
            "key": KEY + "0",
        },
    )
    assert answer.status_code == 302, words(answer)
    budget = Budget.objects.get(councillor=councillor)
    assert budget.allocated_pence == 500_00
    form = {"amount": "-100", "on": TODAY.isoformat(), "note": "Less", "key": KEY + "1"}
    assert client.post(reverse("staff_budgets:allocate", args=[budget.pk]), form).status_code == 302
    form = {"target": other.pk, "amount": "150", "on": TODAY.isoformat(), "note": "Fair", "key": KEY + "2"}
    assert client.post(reverse("staff_budgets:transfer", args=[budget.pk]), form).status_code == 302
    budget.refresh_from_db()
    assert budget.remaining_pence == 250_00
    form |= {"amount": "251", "key": KEY + "3"}
    answer = client.post(reverse("staff_budgets:transfer", args=[budget.pk]), form)
    assert answer.status_code == 422
    assert "£1 more than is left (£250)" in words(answer)


def test_a_second_budget_for_the_same_year_is_refused(client, officer):
    fund = BudgetFactory()
    answer = client.post(
        reverse("staff_budgets:add"), {"year": fund.year, "place": fund.place.pk, "key": KEY + "0"}
    )
    assert "already has a fund for that year" in words(answer)
    assert Budget.objects.count() == 1


def test_an_officer_keeps_the_organisations(client, officer):
    form = {"name": "Knitters", "kind": "group"}
    assert client.post(reverse("staff_organisations:add"), form).status_code == 302
    knitters = Organisation.objects.get()
    form["name"] = "Elm Knitters"
    assert client.post(reverse("staff_organisations:edit", args=[knitters.pk]), form).status_code == 302
    knitters.refresh_from_db()
    assert knitters.name == "Elm Knitters"


@pytest.mark.slow
def test_lists_are_searched_and_filtered_and_take_the_same_queries(
    client, officer, django_assert_max_num_queries
):
    AwardFactory(title="A boat")
    AwardFactory(title="Sunday tea", paid_pence=1_000_00)
    page = words(client.get(reverse("staff_awards:index"), {"q": "boat"}))
    assert "A boat" in page
    assert "Sunday tea" not in page
    page = words(client.get(reverse("staff_awards:index"), {"to_pay": "true"}))
    assert "Sunday tea" not in page
    for _ in range(30):
        AwardFactory()
    with django_assert_max_num_queries(40):
        client.get(reverse("staff_awards:index"))
    assert client.get(reverse("staff_budgets:index")).status_code == 200
    assert client.get(reverse("staff_organisations:index")).status_code == 200


def test_the_desk_offers_an_officer_every_verb(client, officer):
    award = AwardFactory(paid_pence=100_00)
    desk = words(client.get(reverse("staff_awards:inspect", args=[award.pk])))
    for verb in ("pay", "release", "refund", "report", "photo"):
        assert reverse(f"staff_awards:{verb}", args=[award.pk]) in desk
        assert client.get(reverse(f"staff_awards:{verb}", args=[award.pk])).status_code == 200
    unpaid = AwardFactory()
    desk = words(client.get(reverse("staff_awards:inspect", args=[unpaid.pk])))
    assert reverse("staff_awards:refund", args=[unpaid.pk]) not in desk
    desk = words(client.get(reverse("staff_budgets:inspect", args=[award.budget_id])))
    assert reverse("staff_budgets:transfer", args=[award.budget_id]) in desk
    assert "Paid:" in desk


def test_words_are_mended_on_their_own_form(client, officer):
    award = AwardFactory()
    form = {"title": "Benches with backs", "purpose": "To sit.", "decided_by": "", "reason": ""}
    assert client.post(reverse("staff_awards:edit", args=[award.pk]), form).status_code == 302
    award.refresh_from_db()
    assert (award.title, award.awarded_pence) == ("Benches with backs", 1_000_00)


@pytest.mark.parametrize("role", ["councillor", "auditor"])
def test_who_may_only_look_can_look_and_change_nothing(client, role):
    account = somebody(client, role)
    award = AwardFactory()
    index = client.get(reverse("staff_awards:index"))
    assert index.status_code == 200
    assert award.title in words(index)
    desk = words(client.get(reverse("staff_awards:inspect", args=[award.pk])))
    assert award.organisation.name in desk
    assert reverse("staff_awards:pay", args=[award.pk]) not in desk
    answer = pay(client, award)
    assert answer.status_code == 403
    assert "Only officers can record awards and payments" in words(answer)
    assert add_photo(client, award, picture()).status_code == 403
    assert client.post(reverse("staff_budgets:allocate", args=[award.budget_id]), {}).status_code == 403
    assert client.get(reverse("staff_awards:add")).status_code in {302, 403}
    assert client.get(reverse("staff_budgets:add")).status_code in {302, 403}
    assert client.post(reverse("staff_awards:edit", args=[award.pk]), {"title": "x"}).status_code in {
        302,
        403,
    }
    assert Entry.objects.filter(recorded_by=account).count() == 0
    award.refresh_from_db()
    assert award.title != "x"


def test_a_resident_does_not_come_in(client):
    somebody(client, "resident")
    award = AwardFactory()
    assert client.get(reverse("staff_awards:index")).status_code in {302, 403}
    assert pay(client, award).status_code in {302, 403}
    assert award.entries.count() == 1


def test_a_councillor_sees_their_own_budget_first_and_an_officer_what_is_unpaid(client):
    account = somebody(client, "councillor")
    councillor = CouncillorFactory(account=account)
    BudgetFactory(year=financial_year(TODAY), councillor=councillor, allocated_pence=3_000_00)
    assert "£3,000 left to decide" in words(client.get(reverse("wagtailadmin_home")))
    assert client.get("/budgets/mine/").headers["Location"] == councillor.get_absolute_url()
    somebody(client, "officer")
    award = AwardFactory(title="Waiting award")
    home = words(client.get(reverse("wagtailadmin_home")))
    assert "Awaiting payment" in home
    assert award.title in home


def test_my_budget_is_for_councillors(client):
    assert client.get("/budgets/mine/").status_code == 302
    somebody(client, "resident")
    answer = client.get("/budgets/mine/")
    assert answer.status_code == 403
    assert "does not belong to a councillor" in words(answer)
