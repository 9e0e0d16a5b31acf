"""Blocking somebody for a time, ending it early, and their objection."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engage.audit.models import Record
from engage.kit.decisions import Refused
from engage.residents.actions import answer_objection, block_resident, leave, lift_block, object_to_block
from engage.residents.models import Block
from engage.residents.permissions import may_take_part
from tests.factories import AccountFactory, ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def moderator():
    account = AccountFactory()
    codenames = ["block_resident", "view_block", "access_admin"]
    account.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return account


@pytest.fixture
def resident():
    return ResidentFactory(name="Robin")


@pytest.fixture
def block(resident, moderator, now):
    return block_resident(
        resident=resident, reason="Insults.", ends_at=now + timedelta(days=7), by=moderator, at=now
    )


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_runs_from_now_and_ends_by_the_clock(block, resident, now) -> None:
    assert not may_take_part(resident, at=now)
    assert not may_take_part(resident, at=block.ends_at - timedelta(seconds=1))
    assert may_take_part(resident, at=block.ends_at)
    assert Record.objects.get(event="RESIDENT_BLOCKED").data["block"] == block.pk


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_an_end_within_a_year_is_compulsory(resident, moderator, now, days) -> None:
    with pytest.raises(Refused, match="after a year at the latest") as refused:
        block_resident(
            resident=resident, reason="Spam", ends_at=now + timedelta(days=days), by=moderator, at=now
        )
    assert refused.value.denied.field == "ends_on"
    assert not Block.objects.exists()


def test_two_blocks_of_one_person_never_overlap(block, resident, moderator, now) -> None:
    with pytest.raises(Refused, match="blocked at that time already"):
        block_resident(
            resident=resident, reason="Spam", ends_at=now + timedelta(days=2), by=moderator, at=now
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Block.objects.create(
            resident=resident, reason="x", starts_at=now, ends_at=now + timedelta(days=1), by=moderator
        )
    later = block.ends_at
    block_resident(
        resident=resident, reason="Again", ends_at=later + timedelta(days=1), by=moderator, at=later
    )


def test_it_ends_early_and_may_then_be_given_again(block, resident, moderator, now) -> None:
    lift_block(block=block, by=moderator, at=now)
    assert may_take_part(resident, at=now)
    with pytest.raises(Refused, match="over already"):
        lift_block(block=block, by=moderator, at=now)
    block_resident(resident=resident, reason="Again", ends_at=now + timedelta(days=1), by=moderator, at=now)


def test_it_needs_the_role_and_spares_people_of_the_council(resident, moderator, now) -> None:
    until = now + timedelta(days=1)
    with pytest.raises(Refused, match="moderator role"):
        block_resident(resident=resident, reason="x", ends_at=until, by=AccountFactory(), at=now)
    staff = ResidentFactory(account=moderator)
    with pytest.raises(Refused, match="works for the council"):
        block_resident(resident=staff, reason="x", ends_at=until, by=moderator, at=now)
    with pytest.raises(Refused, match="no account here any more"):
        block_resident(
            resident=ResidentFactory(account=None), reason="x", ends_at=until, by=moderator, at=now
        )
    with pytest.raises(Refused, match="Give the reason"):
        block_resident(resident=resident, reason=" ", ends_at=until, by=moderator, at=now)


def test_an_objection_is_answered_by_somebody_else(block, resident, moderator, now) -> None:
    with pytest.raises(Refused, match="Nobody has objected"):
        answer_objection(block=block, upheld=True, answer="Yes", by=moderator, at=now)
    object_to_block(block=block, words="It was not me.", by=resident.account, at=now)
    with pytest.raises(Refused, match="objected already"):
        object_to_block(block=block, words="Really.", by=resident.account, at=now)
    with pytest.raises(Refused, match="You blocked this person"):
        answer_objection(block=block, upheld=False, answer="No", by=moderator, at=now)
    other = AccountFactory()
    other.user_permissions.set(moderator.user_permissions.all())
    answer_objection(block=block, upheld=True, answer="You are right.", by=other, at=now)
    assert may_take_part(resident, at=now)
    kept = Block.objects.get()
    assert (kept.lifted_by, kept.answer) == (other, "You are right.")


def test_the_resident_reads_it_on_their_account_and_objects_there(client, block, resident) -> None:
    client.force_login(resident.account)
    assert "Insults." in words(client.get("/account/"))
    page = words(client.get("/account/block/"))
    assert "Insults." in page
    assert client.post("/account/block/", {"words": ""}).status_code == 422
    assert client.post("/account/block/", {"words": "It was not me."}).status_code == 302
    assert "It was not me." in words(client.get("/account/block/"))
    assert Block.objects.get().objected_at is not None


def test_who_was_never_blocked_is_told_that_they_can_post(client, resident) -> None:
    client.force_login(resident.account)
    assert "Nobody has blocked you" in words(client.get("/account/block/", follow=True))


def test_a_moderator_blocks_from_the_back_office_and_ends_it(client, resident, moderator, now) -> None:
    client.force_login(moderator)
    assert f'value="{resident.pk}"' in words(client.get(f"/admin/blocks/new/?resident={resident.pk}"))
    sent = {"number": resident.pk, "reason": "Spam.", "ends_on": (now + timedelta(days=3)).date()}
    assert "No resident has this number" in words(
        client.post("/admin/blocks/new/", sent | {"number": 999_999})
    )
    assert client.post("/admin/blocks/new/", sent | {"ends_on": ""}).status_code == 200
    assert client.post("/admin/blocks/new/", sent).status_code == 302
    assert not may_take_part(resident, at=now + timedelta(days=3))
    listed = words(client.get("/admin/blocks/"))
    for said in ("Robin", "Spam.", "Running"):
        assert said in listed
    address = f"/admin/blocks/edit/{Block.objects.get().pk}/"
    assert "Nothing was changed" in words(client.post(address, {"decision": "stays", "answer": ""}))
    assert client.post(address, {"decision": "ends", "answer": ""}).status_code == 302
    assert "Ended early" in words(client.get("/admin/blocks/"))


@pytest.mark.slow
def test_the_list_is_narrowed_to_objections_and_takes_constant_queries(client, moderator, now) -> None:
    client.force_login(moderator)

    def more(count: int) -> None:
        for _ in range(count):
            block_resident(
                resident=ResidentFactory(),
                reason="Spam",
                ends_at=now + timedelta(days=1),
                by=moderator,
                at=now,
            )

    more(1)
    client.get("/admin/blocks/")
    with CaptureQueriesContext(connection) as one:
        client.get("/admin/blocks/")
    more(29)
    with CaptureQueriesContext(connection) as thirty:
        client.get("/admin/blocks/")
    assert len(one) == len(thirty)
    loud = Block.objects.first()
    object_to_block(block=loud, words="No!", by=loud.resident.account, at=now)
    assert client.get("/admin/blocks/?state=objected").context["object_list"].count() == 1
    assert client.get("/admin/blocks/?state=running").context["object_list"].count() == 30


def test_the_words_of_an_objection_go_when_the_person_leaves(block, resident, now) -> None:
    object_to_block(block=block, words="I am Robin of Elm Hill.", by=resident.account, at=now)
    leave(account=resident.account, at=now)
    assert Block.objects.get().objection == ""
