"""One voter, one ballot paper; changed until voting ends; nothing that leads from one to the other."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from budgets.ballots import actions
from budgets.ballots.actions import cast_ballot
from budgets.ballots.enums import Channel, Hand, Kind, Phase, Proof
from budgets.ballots.models import Ballot, Help, Receipt, RollEntry, SealedVote, Secrets
from budgets.ballots.queries import (
    SMALL,
    pack,
    public_turnout,
    turnout,
    unpack,
    verifiers_of,
    verify,
)
from budgets.ballots.queries.ballots import sheet_for
from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.kit.secrets import unseal
from engage.places.models import Place
from tests.budgets.ballots.factories import (
    CLOSES,
    NOW,
    OPENS,
    POSTCODE,
    VOTING,
    a_draft,
    a_roll,
    a_ticket,
    an_emailed_claim,
    an_officer,
    an_open_ballot,
    paper,
)
from tests.factories import AccountFactory, PlaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture(scope="module")
def opened(beforehand) -> Ballot:
    return beforehand(lambda: an_open_ballot(by=an_officer()))


def cast(ballot, *keys, number=0, at=VOTING, **more):
    return cast_ballot(ballot=ballot, ticket=a_ticket(ballot, number), document=paper(*keys), at=at, **more)


def test_casting_again_changes_the_one_vote_there_is(ballot):
    first = cast(ballot, "P1")
    again = cast(ballot, "P1", "P2")
    assert (first.changed, again.changed) == (False, True)
    assert first.receipt == again.receipt
    for model in (RollEntry, SealedVote, Receipt):
        assert model.objects.filter(ballot=ballot).count() == 1
    assert cast(ballot, "P1", number=1).receipt != first.receipt


def test_it_counts_until_the_moment_voting_ends(ballot):
    cast(ballot, "P1", at=OPENS)
    cast(ballot, "P1", number=1, at=CLOSES - timedelta(microseconds=1))
    with pytest.raises(Refused, match="Voting has not started yet"):
        cast(ballot, "P1", number=2, at=OPENS - timedelta(seconds=1))
    with pytest.raises(Refused, match="Voting ended at"):
        cast(ballot, "P1", number=2, at=CLOSES)
    assert turnout(ballot).voters == 2


def test_nobody_votes_on_a_draft(officer):
    draft = a_draft(by=officer)
    with pytest.raises(Refused, match="still being prepared"):
        cast(draft, "P1")


def test_what_is_not_valid_is_refused_with_its_sentence_and_leaves_nothing(ballot):
    with pytest.raises(Refused, match="Project P9 is not on your ballot paper") as refused:
        cast(ballot, "P9")
    assert (refused.value.denied.status, refused.value.denied.field) == (422, "pot-0")
    with pytest.raises(Refused, match="not chosen anything"):
        cast(ballot)
    assert not RollEntry.objects.filter(ballot=ballot).exists()


def test_the_box_shows_no_choices_and_no_times(ballot):
    """What is in the database during voting says neither what was chosen nor when, nor who belongs to what."""
    cast(ballot, "P1")
    cast(ballot, "P1", "P2", "P3", number=1)
    one, other = SealedVote.objects.filter(ballot=ballot)
    assert b"P1" not in bytes(one.sealed)
    assert len(one.sealed) == len(other.sealed)
    fields = {
        model: {field.name for field in model._meta.fields} for model in (RollEntry, SealedVote, Receipt)
    }
    assert fields == {
        RollEntry: {"id", "ballot", "person", "place", "channel", "day"},
        SealedVote: {"id", "ballot", "pot", "handle", "sealed"},
        Receipt: {"id", "ballot", "commitment"},
    }
    entry = RollEntry.objects.first()
    votes = [value for vote in (one, other) for value in (str(vote.pk), vote.handle)]
    assert not {entry.person, str(entry.pk)} & {*votes, *Receipt.objects.values_list("commitment", flat=True)}


def test_no_record_says_that_somebody_voted(ballot, officer):
    before = Record.objects.count()
    cast(ballot, "P1")
    cast(ballot, "P1", number=1, helped_by=officer)
    assert Record.objects.count() == before


def test_two_votes_of_one_voter_do_not_look_related(officer):
    """A paper with two pots is two rows, each with a handle of its own."""
    ballot = an_open_ballot(by=officer, pots=2, electors=0, proofs=(Proof.EMAIL,))
    elm = ballot.pots.get(key="pot-1").place
    claim = an_emailed_claim(ballot, "Kim@example.org", elm)
    ticket = verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)
    assert [pot.key for pot in sheet_for(ballot, elm).pots] == ["pot-0", "pot-1"]
    cast_ballot(ballot=ballot, ticket=ticket, document={"pots": {"pot-0": ["P1"]}}, at=VOTING)
    votes = SealedVote.objects.filter(ballot=ballot)
    assert {vote.pot for vote in votes} == {"pot-0", "pot-1"}
    assert len({vote.handle for vote in votes}) == 2


def test_help_with_voting_is_counted_by_the_day(ballot, officer):
    cast(ballot, "P1", helped_by=officer)
    cast(ballot, "P2", helped_by=officer)
    cast(ballot, "P1", number=1, helped_by=officer)
    assert Help.objects.get(ballot=ballot).people == 2
    assert set(ballot.roll.values_list("channel", flat=True)) == {Channel.ASSISTED}
    with pytest.raises(Refused, match="Only officers can enter votes for others"):
        cast(ballot, "P1", number=2, helped_by=AccountFactory())


# --- who may vote -----------------------------------------------------------------------------------------


def test_without_a_verifier_nobody_may_vote(officer):
    draft = a_draft(by=officer, proofs=(), electors=0)
    assert verifiers_of(draft) == []
    with pytest.raises(Refused, match="Until then nobody may"):
        actions.open_ballot(ballot=draft, by=officer, at=NOW)
    with pytest.raises(Refused, match="Nobody can vote in this ballot in that way"):
        verify(ballot=draft, proof=Proof.ROLL, claim={}, at=VOTING)


@pytest.mark.parametrize(
    "wrong", [{"number": "AB-99"}, {"last_name": "Simple"}, {"postcode": "QX1 2AC"}, {"number": ""}]
)
def test_the_roll_wants_number_name_and_postcode_of_one_line(ballot, wrong):
    claim = {"number": "AB-1", "last_name": "o'sample", "postcode": POSTCODE}
    assert verify(ballot=ballot, proof=Proof.ROLL, claim=claim, at=VOTING).place == ballot.place_id
    with pytest.raises(Refused, match="cannot find you on the electoral roll"):
        verify(ballot=ballot, proof=Proof.ROLL, claim=claim | wrong, at=VOTING)


def test_who_is_too_young_waits(officer):
    ballot = a_draft(by=officer, electors=0)
    line = actions.Line("A1", "Sample", POSTCODE, ballot.place, votes_from=VOTING.date() + timedelta(days=1))
    actions.load_electors(ballot=ballot, lines=[line], by=officer, at=NOW)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    claim = {"number": "a1", "last_name": "Sample", "postcode": POSTCODE}
    with pytest.raises(Refused, match="not old enough"):
        verify(ballot=ballot, proof=Proof.ROLL, claim=claim, at=VOTING)
    assert verify(ballot=ballot, proof=Proof.ROLL, claim=claim, at=VOTING + timedelta(days=1))


def test_an_account_says_where_its_owner_lives(officer):
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.ACCOUNT,))
    account = AccountFactory()
    claim = {"place": str(ballot.place_id), "declares": "yes"}
    ticket = verify(ballot=ballot, proof=Proof.ACCOUNT, claim=claim, account=account, at=VOTING)
    cast_ballot(ballot=ballot, ticket=ticket, document=paper("P1"), at=VOTING)
    assert str(account.pk) != ballot.roll.get().person
    for wrong, field in (
        (claim | {"declares": ""}, "declares"),
        (claim | {"place": str(PlaceFactory().pk)}, "place"),
        (claim | {"place": "x"}, "place"),
    ):
        with pytest.raises(Refused) as refused:
            verify(ballot=ballot, proof=Proof.ACCOUNT, claim=wrong, account=account, at=VOTING)
        assert refused.value.denied.field == field
    with pytest.raises(Refused, match="Sign in"):
        verify(ballot=ballot, proof=Proof.ACCOUNT, claim=claim, account=None, at=VOTING)


def test_an_emailed_code_is_of_one_ballot_and_two_hours(officer):
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,))
    claim = an_emailed_claim(ballot, "kim@example.org")
    with pytest.raises(Refused, match="older than two hours"):
        verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING + timedelta(hours=2))
    with pytest.raises(Refused, match="not a code we sent"):
        verify(ballot=ballot, proof=Proof.EMAIL, claim=claim | {"code": "7K2M-9QXA-40TD"}, at=VOTING)
    other = an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,), place=ballot.place)
    with pytest.raises(Refused, match="not a code we sent"):
        verify(ballot=other, proof=Proof.EMAIL, claim=claim, at=VOTING)
    assert verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)


def test_an_emailed_code_is_good_for_one_visit(officer):
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,))
    claim = an_emailed_claim(ballot, "kim@example.org") | {"visit": "one"}
    unsaid = claim | {"declares": "", "visit": "another"}
    with pytest.raises(Refused, match="old enough"):
        verify(ballot=ballot, proof=Proof.EMAIL, claim=unsaid, at=VOTING)  # and uses nothing up
    first = verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)
    assert verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING) == first
    for visit in ("two", ""):
        with pytest.raises(Refused, match="used already"):
            verify(ballot=ballot, proof=Proof.EMAIL, claim=claim | {"visit": visit}, at=VOTING)


def test_what_lies_in_the_cache_tells_no_address(officer, monkeypatch):
    kept: list[object] = []
    monkeypatch.setattr(cache, "set", lambda *said: kept.extend(said))
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,))
    an_emailed_claim(ballot, "kim@example.org")
    assert "kim" not in str(kept)
    assert "kim" not in unseal(str(kept[1]))


def test_pots_are_those_of_the_places_when_it_was_opened(officer):
    """However the tree of places grows or is cut anew, a voter’s paper stays the same."""
    ballot = a_draft(by=officer, pots=2, electors=0, proofs=(Proof.EMAIL,))
    ward = ballot.pots.get(key="pot-1").place
    street = PlaceFactory(parent=ward)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    new = PlaceFactory(parent=ward)
    Place.objects.filter(pk=street.pk).update(path=f"{ballot.place.path}{street.pk}/", parent=ballot.place)
    assert [pot.key for pot in sheet_for(ballot, street).pots] == ["pot-0", "pot-1"]
    claim = an_emailed_claim(ballot, "kim@example.org", new)
    with pytest.raises(Refused, match="Say where you live"):
        verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)


def test_where_there_is_no_money_to_vote_on_is_said(officer):
    ballot = a_draft(by=officer, pots=2, electors=0, proofs=(Proof.EMAIL,))
    elsewhere = PlaceFactory(parent=ballot.place, kind=ballot.pots.get(key="pot-1").place.kind)
    ballot.pots.get(key="pot-0").projects.all().delete()
    ballot.pots.get(key="pot-0").delete()
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    claim = an_emailed_claim(ballot, "kim@example.org", elsewhere)
    with pytest.raises(Refused, match="no money for where you live"):
        verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING)


@pytest.mark.parametrize("with_place", [True, False])
def test_the_holder_of_a_hall_code_says_how_old_they_are_and_where_they_live(officer, with_place):
    ballot = an_open_ballot(by=officer, pots=2, electors=0, proofs=(Proof.CODE,))
    ward = ballot.pots.get(key="pot-1").place
    (issued,) = actions.issue_codes(
        ballot=ballot, hand=Hand.HALL, number=1, place=ward if with_place else None, by=officer, at=VOTING
    )
    claim = {"code": issued.code, "place": str(ballot.place_id if with_place else ward.pk)}
    with pytest.raises(Refused) as refused:
        verify(ballot=ballot, proof=Proof.CODE, claim=claim, at=VOTING)
    assert refused.value.denied.field == "declares"
    ticket = verify(ballot=ballot, proof=Proof.CODE, claim=claim | {"declares": "yes"}, at=VOTING)
    assert ticket.place == ward.pk, "the place it was made for decides"


def test_the_code_of_an_elector_asks_nothing_else(officer):
    ballot = an_open_ballot(by=officer, electors=1, proofs=(Proof.ROLL, Proof.CODE))
    (issued,) = actions.issue_codes(ballot=ballot, hand=Hand.POST, electors=["AB-0"], by=officer, at=VOTING)
    assert verify(ballot=ballot, proof=Proof.CODE, claim={"code": issued.code}, at=VOTING)


def test_a_way_that_the_site_is_not_set_up_for_stops_opening_and_takes_no_votes(officer, settings):
    draft = a_draft(by=officer, electors=0, proofs=(Proof.PHONE,))
    settings.SMS_BACKEND = ""
    with pytest.raises(Refused, match="cannot send text messages yet"):
        actions.open_ballot(ballot=draft, by=officer, at=NOW)
    assert verifiers_of(draft) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kim@example.org", "Kim+2@example.org", True),
        ("kim.lee@gmail.com", "kimlee+x@googlemail.com", True),
        ("kim.lee@example.org", "kimlee@example.org", False),
    ],
)
def test_one_mailbox_is_one_voter(officer, one, other, same):
    ballot = an_open_ballot(by=officer, electors=0, proofs=(Proof.EMAIL,))
    people = set()
    for address in (one, other):
        claim = an_emailed_claim(ballot, address)
        people.add(verify(ballot=ballot, proof=Proof.EMAIL, claim=claim, at=VOTING).person)
    assert (len(people) == 1) == same


def test_a_ticket_is_of_one_ballot_and_two_hours(ballot, officer):
    ticket = a_ticket(ballot)
    text = pack(ticket, at=VOTING)
    assert ticket.person not in text
    assert unpack(text, ballot=ballot, at=VOTING) == ticket
    with pytest.raises(Refused, match="longer than two hours"):
        unpack(text, ballot=ballot, at=VOTING + timedelta(hours=2))
    with pytest.raises(Refused, match="Start voting again"):
        unpack(text[:-2], ballot=ballot, at=VOTING)
    other = an_open_ballot(by=officer)
    with pytest.raises(Refused):
        unpack(text, ballot=other, at=VOTING)
    with pytest.raises(Refused, match="does not let you vote in this ballot"):
        cast_ballot(ballot=other, ticket=ticket, document=paper("P1"), at=VOTING)


# --- codes ------------------------------------------------------------------------------------------------


@pytest.fixture
def coded(officer) -> Ballot:
    return an_open_ballot(by=officer, proofs=(Proof.ROLL, Proof.CODE))


def by_code(ballot, code, **claim):
    return verify(
        ballot=ballot, proof=Proof.CODE, claim={"code": code, "declares": "yes", **claim}, at=VOTING
    )


def test_an_electors_code_is_the_elector(coded, officer):
    (issued,) = actions.issue_codes(ballot=coded, hand=Hand.POST, electors=["ab-0"], by=officer, at=NOW)
    ticket = by_code(coded, issued.code.lower())
    assert ticket.person == a_ticket(coded, 0).person
    cast_ballot(ballot=coded, ticket=ticket, document=paper("P1"), at=VOTING)
    with pytest.raises(Refused, match="do it in the same way as the first time"):
        cast(coded, "P2", number=0)
    assert cast_ballot(ballot=coded, ticket=ticket, document=paper("P2"), at=VOTING).changed


@pytest.fixture
def hall(officer) -> Ballot:
    return an_open_ballot(by=officer, proofs=(Proof.CODE,), electors=0)


def test_where_there_is_a_roll_a_code_is_always_an_electors(coded, officer):
    with pytest.raises(Refused, match="would be a second vote"):
        actions.issue_codes(ballot=coded, hand=Hand.HALL, number=1, by=officer, at=NOW)
    assert not coded.codes.exists()


def test_a_hall_code_is_whoever_has_it(hall, officer):
    first, second = actions.issue_codes(
        ballot=hall, hand=Hand.HALL, number=2, place=hall.place, by=officer, at=NOW
    )
    assert len({issued.code for issued in (first, second)}) == 2
    for issued in (first, second):
        cast_ballot(ballot=hall, ticket=by_code(hall, issued.code), document=paper("P1"), at=VOTING)
    assert turnout(hall).voters == 2
    with pytest.raises(Refused, match="not a code of this ballot"):
        by_code(hall, "0000-0000-0000")


def test_codes_are_stored_so_that_nobody_can_read_them(hall, officer):
    (issued,) = actions.issue_codes(ballot=hall, hand=Hand.HALL, number=1, by=officer, at=NOW)
    stored = hall.codes.get()
    plain = issued.code.replace("-", "")
    assert plain not in {stored.digest, stored.person, stored.serial}
    assert plain not in str(Record.objects.filter(subject_id=hall.pk).values_list("data", flat=True))


def test_a_revoked_code_is_no_good_even_with_a_ticket_from_before(coded, officer):
    (issued,) = actions.issue_codes(ballot=coded, hand=Hand.POST, electors=["AB-3"], by=officer, at=NOW)
    ticket = by_code(coded, issued.code)
    new = actions.reissue_code(
        ballot=coded, serial=issued.serial, reason="The letter was lost.", by=officer, at=VOTING
    )
    with pytest.raises(Refused, match="This code was cancelled"):
        cast_ballot(ballot=coded, ticket=ticket, document=paper("P1"), at=VOTING)
    with pytest.raises(Refused, match="This code was cancelled"):
        by_code(coded, issued.code)
    fresh = by_code(coded, new.code)
    assert fresh.person == ticket.person
    cast_ballot(ballot=coded, ticket=fresh, document=paper("P1"), at=VOTING)
    with pytest.raises(Refused, match="has voted with this code already"):
        actions.reissue_code(ballot=coded, serial=new.serial, reason="Again.", by=officer, at=VOTING)


def test_codes_need_a_reason_and_a_role(hall, officer):
    (issued,) = actions.issue_codes(ballot=hall, hand=Hand.HALL, number=1, by=officer, at=NOW)
    with pytest.raises(Refused, match="Say why the code is cancelled"):
        actions.revoke_code(ballot=hall, serial=issued.serial, reason=" ", by=officer, at=NOW)
    with pytest.raises(Refused, match="Only officers can issue voting codes"):
        actions.issue_codes(ballot=hall, hand=Hand.HALL, number=1, by=AccountFactory(), at=NOW)


def test_the_roll_is_loaded_whole_or_not_at_all(officer):
    draft = a_draft(by=officer)
    lines = [actions.Line(number, "Sample", POSTCODE, draft.place) for number in ("C 1", "c-1")]
    with pytest.raises(Refused, match="Line 2 has an elector number that another line has"):
        actions.load_electors(ballot=draft, lines=lines, by=officer, at=NOW)
    assert draft.electors.count() == 20
    line = actions.Line("QZ-77", "Sample", POSTCODE, draft.place)
    actions.load_electors(ballot=draft, lines=[line], by=officer, at=NOW)
    stored = str(list(draft.electors.values())).casefold()
    assert draft.electors.count() == 1
    assert "qz" not in stored
    assert "sample" not in stored


# --- turnout ----------------------------------------------------------------------------------------------


def test_turnout_is_shown_during_voting_only_if_the_council_says_so(officer):
    hidden, shown = (an_open_ballot(by=officer, turnout_shown=said) for said in (False, True))
    for ballot in (hidden, shown):
        cast(ballot, "P1")
    assert public_turnout(hidden, Phase.VOTING) is None
    assert public_turnout(shown, Phase.VOTING).voters == 1
    assert public_turnout(hidden, Phase.ENDED).voters == 1


def test_small_places_are_told_together(officer):
    ballot = a_draft(by=officer, electors=0, kind=Kind.APPROVAL)
    elm, oak = PlaceFactory(parent=ballot.place), PlaceFactory(parent=ballot.place)
    lines = [
        actions.Line(f"AB-{n}", "OSample", POSTCODE, elm if n < SMALL else oak) for n in range(SMALL + 2)
    ]
    actions.load_electors(ballot=ballot, lines=lines, by=officer, at=NOW)
    actions.open_ballot(ballot=ballot, by=officer, at=NOW)
    for number in range(SMALL + 2):
        cast(ballot, "P1", number=number)
    assert turnout(ballot).by_place == {None: SMALL + 2}


def test_a_secret_that_is_not_the_first_one_takes_no_votes(ballot):
    ticket = a_ticket(ballot)
    Secrets.objects.filter(ballot=ballot).update(secret="ab" * 32)
    with pytest.raises(Refused, match="not the one it started with"):
        cast_ballot(ballot=ballot, ticket=ticket, document=paper("P1"), at=VOTING)


def test_a_roll_loaded_anew_revokes_codes_of_people_who_left_it(officer):
    draft = a_draft(by=officer, proofs=(Proof.ROLL, Proof.CODE))
    left, stayed = actions.issue_codes(
        ballot=draft, hand=Hand.POST, electors=["AB-9", "AB-1"], by=officer, at=NOW
    )
    a_roll(draft, 3, by=officer)
    actions.open_ballot(ballot=draft, by=officer, at=NOW)
    assert by_code(draft, stayed.code)
    with pytest.raises(Refused, match="This code was cancelled"):
        by_code(draft, left.code)
