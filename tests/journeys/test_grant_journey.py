"""A grant from an idea to what became of it: a group asks, the council looks and decides, three people pay, all see."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from engage.demo.signins import PEOPLE
from tests.budgets.grants.files import packed_objects, pdf
from tests.journeys.conftest import Visit
from tests.journeys.people import assert_usable_on_a_phone, follow, go_on, write_idea
from tests.opendata.schema import SCHEMAS, validator
from tests.served import Served

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNCILLOR = PEOPLE["councillor"]
APPROVER, PAYER = "approver@demo.example", "payer@demo.example"
GROUP = "Wendside Menders"
SECOND = "halina@demo.example"
ITS_SECRETS = ("20-00-00", "73219604")
TITLE = "A repair table on market days"
SUMMARY = "A folding table, tools and a tent, so that anybody can bring what is broken on a market day."
REASON = "Nothing that can be mended should be thrown away, and the menders teach while they mend."
STORY = "On the first Saturday the queue went round the fountain. Nine people came back to help."
COUNTED = "things mended"
READY = f"""
from datetime import timedelta
from django.utils import timezone
from budgets.actions import allocate
from budgets.grants.models import Scheme
from budgets.models import Budget
from engage.councillors.models import PreElection
now, today = timezone.now(), timezone.localdate()
budget = Budget.objects.get(year=2026, councillor__name="{COUNCILLOR}")
allocate(budget=budget, amount_pence=2_000_00, note="For the journey", on=today, by=None, at=now)
PreElection.objects.all().delete()
deadlines = {{name: today + timedelta(days) for name, days in dict(closes_on=30, decide_by=90, spend_by=500).items()}}
assert Scheme.objects.filter(year=2026).update(**deadlines) == 1
"""


@pytest.fixture(scope="module", autouse=True)
def ready(site: Served) -> None:
    """A second person who signs, money enough, and a scheme that takes applications and decisions today."""
    site.open_account(SECOND, "Halina", "Brook", "resident")
    site.run(READY)


def test_from_an_idea_to_what_became_of_the_money(visit: Visit) -> None:
    idea = suggest(visit("resident", back="/ideas/new/"))
    group = visit("representative", back="/grants/groups/")
    register(group)
    group.goto(idea)
    group.get_by_role("link", name="Apply for a grant for this idea").click()
    expect(group.locator("main")).to_contain_text(f"You apply for the idea “{TITLE}”")
    application = apply(group, GROUP, look=assert_usable_on_a_phone)

    councillor, officer = visit("councillor", back="/grants/mine/"), visit("officer", back="/admin/")
    ask, left = support(councillor, TITLE)
    desk = check(officer, TITLE)
    question_and_answer(officer, desk, group, application)
    decide(councillor, ask)
    assert left_on(visit(), COUNCILLOR) == left - 530

    sign(group, visit(SECOND, back="/grants/groups/"), application)
    approver, payer = visit(APPROVER, back="/admin/"), visit(PAYER, back="/admin/")
    confirm_bank(approver)
    pay(officer, approver, payer)
    everybody = visit(back=idea)
    everybody.goto(idea)
    award = award_of(everybody)
    expect(item(everybody, "Paid")).to_have_text("£530")

    report(group, application)
    accept(officer)
    ask_back(officer)
    see_what_became_of_it(everybody, idea, award)
    assert left_on(everybody, COUNCILLOR) == left - 500


def test_a_group_applies_without_scripts(visit: Visit) -> None:
    page = visit("representative", scripts=False, back="/grants/apply/", width=360)
    application = apply(page, "Lock Street", look=never_sideways)
    page.goto(application)
    expect(page.locator("main")).to_contain_text("Sent to the councillor")


def test_a_declared_interest_moves_the_decision_and_is_public(visit: Visit) -> None:
    title, interest = (
        "A ramp into the skate park that wheels can use",
        "My brother lays the concrete for them.",
    )
    councillor, officer = visit("councillor", back="/grants/mine/"), visit("officer", back="/admin/")
    councillor.get_by_role("link", name=title).click()
    councillor.get_by_text("I have an interest in this").click()
    councillor.get_by_role("button", name="Declare it").click()
    expect(councillor.get_by_role("alert")).to_contain_text("Say what your interest is")
    councillor.get_by_label("What is your interest?").fill(interest)
    assert_usable_on_a_phone(councillor)
    councillor.get_by_role("button", name="Declare it").click()
    expect(councillor.get_by_text("An officer decides about this. You need do nothing more.")).to_be_visible()
    expect(councillor.get_by_role("button", name="Record the decision")).to_have_count(0)

    check(officer, title)
    officer.get_by_role("link", name="Decide as an officer").click()
    officer.get_by_role("radio", name="Approve it").check()
    officer.get_by_label("Reason").fill("Everybody can get in for the price of a railing.")
    officer.get_by_label(re.compile("I have no interest")).check()
    assert_usable_on_a_phone(officer)
    officer.get_by_role("button", name="Record the decision").click()
    expect(officer.get_by_text("The decision about").first).to_be_visible()

    councillor.reload()
    councillor.get_by_role("link", name="The public page of the award").click()
    everybody = visit()
    everybody.goto(councillor.url)
    decided = everybody.get_by_role("region", name="How it was decided")
    expect(decided).to_contain_text(f"{PEOPLE['officer']} decided, as an officer of the council.")
    expect(decided).to_contain_text(
        f"Councillor {COUNCILLOR} declared an interest, so they took no part: {interest}"
    )
    assert_usable_on_a_phone(everybody)


# --- the group -------------------------------------------------------------------------------------------


def suggest(page: Page) -> str:
    write_idea(page, TITLE, "So much is thrown away that a screw would mend.", place="Harstow Riverside")
    page.get_by_role("button", name="Publish my idea").click()
    expect(page.get_by_role("heading", name=TITLE, exact=True)).to_be_visible()
    return page.url


def register(page: Page) -> None:
    """With two people who sign for it and bank details, which no page shows again."""
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name="Register another group").click()
    page.get_by_label("Name of the group").fill(GROUP)
    page.get_by_label("Community group").check()
    page.get_by_label("What does the group do?").fill("We mend what others throw away, and show how.")
    page.get_by_label("Address of the group").fill("3 Fountain Yard, Harstow")
    page.get_by_label("Charity number").fill("12")
    page.get_by_role("button", name="Register the group").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not how charity numbers are written")
    assert_usable_on_a_phone(page)
    page.get_by_label("Charity number").fill("")
    page.get_by_role("button", name="Register the group").click()
    expect(page.get_by_text("Your group is registered")).to_be_visible()
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name="Name two people who sign").click()
    for house, name, email in (
        (4, "Rowan Seacroft", "group@demo.example"),
        (9, "Halina Brook", SECOND),
    ):
        add_signatory(page, name, email, f"{house} Wend Road, Harstow ZZ9 4WD")
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name="Back to the group").click()
    page.get_by_role("link", name="Give new bank details").click()
    page.get_by_label("Name on the account").fill(GROUP)
    page.get_by_label("Sort code").fill(ITS_SECRETS[0])
    page.get_by_label("Account number").fill(ITS_SECRETS[1])
    assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Save the bank details").click()
    expect(page.get_by_text("is waiting to be confirmed")).to_be_visible()
    assert ITS_SECRETS[1] not in page.content()


def add_signatory(page: Page, name: str, email: str, household: str) -> None:
    page.get_by_label("Full name").fill(name)
    page.get_by_label("What they do in the group").fill("Trustee")
    page.get_by_label("Their own email address").fill(email)
    page.get_by_label("Home address").fill(household)
    page.get_by_label("They are not related").check()
    page.get_by_role("button", name="Add this person").click()
    expect(page.get_by_text(f"{name} signs for the group now.")).to_be_visible()


def apply(page: Page, group: str, *, look: Callable[[Page], None]) -> str:
    """Page by page, from the start page to what is sent; answers the application's address."""
    look(page)
    page.get_by_label(group).check()
    page.get_by_role("button", name="Start now").click()
    write_words(page, look)
    add_up(page, look)
    line(page, 1).get_by_label("What you will count").fill(COUNTED)
    line(page, 1).get_by_label("How many").fill("120")
    look(page)
    go_on(page)
    add_documents(page, look)
    look(page)
    page.get_by_label("All of this is true for our group").check()
    go_on(page)
    expect(page.get_by_role("heading", name="Check and send", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("That adds up.")
    look(page)
    page.get_by_role("button", name="Send the application").click()
    expect(page.get_by_text("Your application is sent.")).to_be_visible()
    look(page)
    return page.url


def write_words(page: Page, look: Callable[[Page], None]) -> None:
    """What it is for, why, where and when. An idea has brought its title and place."""
    title = page.get_by_label("Title of your project")
    if not title.input_value():
        title.fill("Folding chairs for the hall")
    page.get_by_label("What is the money for?").fill(SUMMARY)
    look(page)
    go_on(page)
    page.get_by_label("Why is it needed").fill(
        "The tip counts 40 toasters a week. Thirty people asked us to mend one."
    )
    page.get_by_label("Why can nobody else pay").fill(
        "The market has no money for it, and two funders said no."
    )
    page.get_by_label("Who benefits?").fill("About 400 people a year who come to the market.")
    look(page)
    go_on(page)
    place = page.get_by_label("Which place benefits?")
    if not place.input_value():
        place.select_option(label="Harstow Riverside")
    expect(place.locator("option:checked")).to_have_text("Harstow Riverside")
    look(page)
    go_on(page)
    page.get_by_label("Capital").check()
    page.get_by_label("It helps the environment").check()
    page.get_by_label("When does it start?").fill(day(60))
    page.get_by_label("When does it end?").fill(day(200))
    look(page)
    go_on(page)


def add_up(page: Page, look: Callable[[Page], None]) -> None:
    """The costs, who else pays, and how much is asked: too little at first, which is refused with the difference."""
    for number, (what, cost) in enumerate([("Folding table and tent", "450"), ("Tools", "150")], 1):
        line(page, number).get_by_label("What is paid for").fill(what)
        line(page, number).get_by_label("Cost").fill(cost)
    look(page)
    go_on(page)
    line(page, 1).get_by_label("Who").fill("Our own money")
    line(page, 1).get_by_label("Amount").fill("70")
    line(page, 1).get_by_label("What they said").select_option(label="Yes, confirmed")
    look(page)
    go_on(page)
    amount = page.get_by_label(f"Amount from {COUNCILLOR}")
    amount.fill("480")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("That leaves £50 that nobody pays")
    look(page)
    amount.fill("530")
    go_on(page)


def add_documents(page: Page, look: Callable[[Page], None]) -> None:
    """What the amount asks for; a file that would run something is not taken."""
    add_document(page, "Constitution", "rules.pdf", pdf(packed_objects(b"5 0 << /S /JavaScript >>")))
    expect(page.get_by_role("alert")).to_contain_text("Print it to a new PDF")
    look(page)
    for number, kind in enumerate(("Constitution", "Bank statement", "Latest accounts")):
        add_document(page, kind, f"document-{number}.pdf", pdf(b"%d" % number))
        expect(page.get_by_role("link", name=f"document-{number}.pdf")).to_be_visible()
    expect(page.get_by_text("Missing", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Continue").click()


def add_document(page: Page, kind: str, name: str, content: bytes) -> None:
    kinds = page.get_by_label("What is it?")
    label = next(each for each in kinds.locator("option").all_inner_texts() if each.startswith(kind))
    kinds.select_option(label=label)
    file = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Choose the file").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Add this document").click()


def sign(first: Page, second: Page, application: str) -> None:
    """Each in a browser and an account of their own; the second may open nothing else of the group."""
    first.goto(application)
    first.get_by_role("link", name="Read and sign the agreement").click()
    expect(first.locator("main")).to_contain_text("The council gives £530")
    first.get_by_role("button", name="Sign the agreement").click()
    expect(first.get_by_role("alert")).to_contain_text("Tick the box when you have read the agreement")
    assert_usable_on_a_phone(first)
    first.get_by_label("I am Rowan Seacroft").check()
    first.get_by_role("button", name="Sign the agreement").click()
    expect(first.get_by_text("Thank you. Now somebody else who signs for the group signs")).to_be_visible()
    expect(first.get_by_role("button", name="Sign the agreement")).to_have_count(0)
    assert_usable_on_a_phone(first)
    second.goto(first.url)
    expect(second.get_by_text("Rowan Seacroft signed on")).to_be_visible()
    second.get_by_label("I am Halina Brook").check()
    assert_usable_on_a_phone(second)
    second.get_by_role("button", name="Sign the agreement").click()
    for page in (second, first):
        page.goto(first.url)
        expect(page.get_by_text("Signed by Rowan Seacroft and Halina Brook")).to_be_visible()
        assert_usable_on_a_phone(page)


def report(page: Page, application: str) -> None:
    """Saved first, then sent; without the story it is refused."""
    page.goto(application)
    page.get_by_role("link", name="Report what the money did").click()
    page.get_by_label("How much of our money did you use?").fill("500")
    page.get_by_label(re.compile(f"^\\s*{COUNTED}")).fill("134")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in your own words what changed")
    assert_usable_on_a_phone(page)
    page.get_by_label("What changed, in your own words?").fill(STORY)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("Your report is sent.")).to_be_visible()
    assert_usable_on_a_phone(page)


# --- the councillor --------------------------------------------------------------------------------------


def support(page: Page, title: str) -> tuple[str, int]:
    """Answers the address of what is asked, and the whole pounds that are left to decide."""
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name=title).click()
    said = re.search(r"You have £([\d,]+) left to decide", page.locator("main").inner_text())
    assert said
    assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Support it").click()
    expect(page.get_by_text("You supported it on")).to_be_visible()
    assert_usable_on_a_phone(page)
    return page.url, int(said[1].replace(",", ""))


def decide(page: Page, ask: str) -> None:
    """With a reason, and the word that there is no interest; without it nothing is decided."""
    page.goto(ask)
    page.get_by_role("radio", name="Approve it").check()
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Confirm that you have no interest")
    expect(page.get_by_label("Reason")).to_have_value(REASON)
    assert_usable_on_a_phone(page)
    page.get_by_label(re.compile("I have no interest")).check()
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("£530 approved").first).to_be_visible()
    assert_usable_on_a_phone(page)


# --- the officers ----------------------------------------------------------------------------------------


def check(page: Page, title: str) -> str:
    """From the queue to a verdict at every principle; answers the address of the desk."""
    page.goto("/admin/applications/")
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name=title).click()
    desk = page.url
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name="Take it on").click()
    page.get_by_role("button", name="Take it on").click()
    expect(page.get_by_role("heading", name="The check")).to_be_visible()
    verdicts = page.get_by_label("Verdict")
    for each in verdicts.all():
        each.select_option(label="Pass")
    verdicts.last.select_option(label="Warn")
    page.get_by_role("button", name="Save the check").click()
    expect(page.get_by_text("Say why").first).to_be_visible()
    assert_usable_on_a_phone(page)
    page.get_by_label("Why, when it is not a plain pass").last.fill("It is new: its first year of accounts.")
    page.get_by_role("button", name="Save the check").click()
    expect(page.get_by_text("is saved").first).to_be_visible()
    assert_usable_on_a_phone(page)
    return desk


def question_and_answer(officer: Page, desk: str, group: Page, application: str) -> None:
    officer.goto(desk)
    officer.get_by_role("link", name="Ask the group").click()
    officer.get_by_label("What do you need to know?").fill("Who keeps the tools between markets?")
    assert_usable_on_a_phone(officer)
    officer.get_by_role("button", name="Send the question").click()
    expect(officer.get_by_text("is asked").first).to_be_visible()
    group.goto(application)
    expect(group.get_by_text("Who keeps the tools between markets?").first).to_be_visible()
    group.get_by_role("button", name="Send the answer").click()
    expect(group.get_by_role("alert")).to_contain_text("Write your answer")
    assert_usable_on_a_phone(group)
    group.get_by_label("Your answer").fill("The library, in the room behind the desk.")
    group.get_by_role("button", name="Send the answer").click()
    expect(group.get_by_text("Your answer is sent.")).to_be_visible()
    officer.reload()
    expect(officer.get_by_text("The library, in the room behind the desk.")).to_be_visible()


def confirm_bank(page: Page) -> None:
    """From the statement, unseen: numbers that are not those of the group are refused."""
    page.goto("/admin/bankaccounts/")
    assert_usable_on_a_phone(page)
    follow(page.get_by_role("link", name=GROUP))
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name="Confirm", exact=True).click()
    for number in ("73219640", ITS_SECRETS[1]):
        page.get_by_label("Sort code on the statement").fill(ITS_SECRETS[0])
        page.get_by_label("Account number on the statement").fill(number)
        page.get_by_label("Where you read them").fill(
            "Bank statement of last month, sent with the application"
        )
        page.get_by_role("button", name="Confirm these bank details").click()
        if number != ITS_SECRETS[1]:
            expect(page.get_by_text("These are not the numbers that the group entered.")).to_be_visible()
            assert_usable_on_a_phone(page)
    expect(page.get_by_text("is confirmed. The group can be paid.")).to_be_visible()
    assert_usable_on_a_phone(page)


def pay(maker: Page, approver: Page, payer: Page) -> None:
    """Each step is offered to the next person, and not to those who went before."""
    maker.goto("/admin/paymentruns/new/")
    for box in maker.locator("[name=awards]").all():
        box.uncheck()
    maker.get_by_role("row", name=TITLE).get_by_role("checkbox").check()
    assert_usable_on_a_phone(maker)
    maker.get_by_role("button", name="Make up the run").click()
    expect(maker.get_by_role("heading", name="Being made up")).to_be_visible()
    run = maker.url
    expect(maker.get_by_role("link", name="Approve", exact=True)).to_have_count(0)
    assert_usable_on_a_phone(maker)

    approver.goto(run)
    follow(approver.get_by_role("link", name="Approve", exact=True))
    assert_usable_on_a_phone(approver)
    approver.get_by_role("button", name="Approve this run").click()
    expect(approver.get_by_role("heading", name="Approved for payment")).to_be_visible()
    expect(approver.get_by_role("link", name="Take out the bank file")).to_have_count(0)

    payer.goto(run)
    follow(payer.get_by_role("link", name="Take out the bank file"))
    assert_usable_on_a_phone(payer)
    with payer.expect_download() as taken:
        payer.get_by_role("button", name="Take out the bank file").click()
    assert ITS_SECRETS[1] in taken.value.path().read_text()
    payer.goto(run)
    payer.get_by_role("link", name="Record as paid").click()
    payer.get_by_label("Day on which the money left").fill(day())
    payer.get_by_label("The bank’s reference").fill("BACS 4711")
    assert_usable_on_a_phone(payer)
    payer.get_by_role("button", name="Record as paid").click()
    expect(payer.get_by_text("is recorded as paid").first).to_be_visible()
    assert_usable_on_a_phone(payer)


def accept(page: Page) -> None:
    page.goto("/admin/grant-reports/")
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_text(STORY)).to_be_visible()
    assert_usable_on_a_phone(page)
    follow(page.get_by_role("link", name="Accept and publish"))
    assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Accept and publish").click()
    expect(page.get_by_text("The report is accepted").first).to_be_visible()


def ask_back(page: Page) -> None:
    """From the desk of the report: what was not used, and then what came of it."""
    page.get_by_role("link", name="Ask for money back").click()
    page.get_by_label("Amount").fill("30")
    page.get_by_label("Why").fill("£30 of the grant was not needed.")
    assert_usable_on_a_phone(page)
    page.get_by_role("button", name="Ask for money back").click()
    expect(page.get_by_text("The money is asked back.")).to_be_visible()
    follow(page.get_by_role("link", name="£30", exact=True))
    assert_usable_on_a_phone(page)
    page.get_by_role("link", name="Book what came back").click()
    page.get_by_label("Amount").fill("31")
    page.get_by_label("Date").fill(day())
    page.get_by_label("Reference").fill("Returned by the group")
    page.get_by_role("button", name="Book what came back").click()
    expect(page.get_by_text("£30 is still to come back").first).to_be_visible()
    assert_usable_on_a_phone(page)
    page.get_by_label("Amount").fill("30")
    page.get_by_role("button", name="Book what came back").click()
    expect(page.get_by_text("It is booked as a refund in the journal.")).to_be_visible()
    assert_usable_on_a_phone(page)


# --- everybody -------------------------------------------------------------------------------------------


def award_of(page: Page) -> str:
    """From the life line of its idea to the award: who decided, and why."""
    page.locator(".timeline").get_by_role("link", name="£530 awarded").click()
    expect(page.get_by_text(f"Award to {GROUP}")).to_be_visible()
    expect(page.get_by_role("region", name="The decision")).to_contain_text(REASON)
    decided = page.get_by_role("region", name="How it was decided")
    expect(decided).to_contain_text(f"Councillor {COUNCILLOR} decided about their own budget.")
    assert_usable_on_a_phone(page)
    return page.url


def see_what_became_of_it(page: Page, idea: str, award: str) -> None:
    """On the pages of the award and the idea, and in the open data, which the standard's own schema takes."""
    page.goto(award)
    counted = page.get_by_role("article").filter(has=page.get_by_role("heading", name=COUNTED))
    expect(item(counted, "Forecast")).to_have_text("120")
    expect(item(counted, "Actual")).to_have_text("134")
    expect(page.get_by_text(STORY)).to_be_visible()
    expect(item(page, "Paid")).to_have_text("£500")
    expect(item(page, "Back in the budget")).to_have_text("£30")
    assert_usable_on_a_phone(page)
    page.goto(idea)
    for what in ("£530 awarded", "£530 paid", "£30 given back", COUNTED):
        expect(page.locator(".timeline")).to_contain_text(what)
    assert_usable_on_a_phone(page)
    told = page.request.get("/data/grants.json").json()["grants"]
    package = page.request.get("/data/360giving.json").json()
    assert TITLE in {each["title"] for each in package["grants"]}
    if SCHEMAS.is_dir():
        assert validator()(package) == []
    (ours,) = [each for each in told if each["title"] == TITLE]
    assert (ours["beneficiary"], ours["decided_by"]) == (GROUP, COUNCILLOR)
    assert (float(ours["amount"]), float(ours["paid"])) == (530, 500)


def left_on(page: Page, councillor: str) -> int:
    """The whole pounds that are left this year, on the councillor's public page."""
    page.goto("/councillors/")
    page.get_by_role("link", name=councillor).click()
    return int(item(page, "Remaining").first.inner_text().strip("£").replace(",", ""))


def item(within: Page | Locator, name: str) -> Locator:
    """The figure that stands beside a word in a list of them."""
    return within.locator(f".budget-bar__item:has(dt:text-is('{name}')) .budget-bar__amount")


def day(later: int = 0) -> str:
    """Today or so many days later, as a date box takes it."""
    return str(timezone.localdate() + timedelta(days=later))


def line(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Line {number}", exact=True)


def never_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
