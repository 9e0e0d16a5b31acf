"""The words of a joined idea stay readable, so moderators can act on them as on any others."""

import pytest

from engage.kit.decisions import Refused
from ideas.actions import (
    change_status,
    hold,
    keep,
    merge_ideas,
    raise_flag,
    remove_idea,
    restore,
    support_idea,
    undo_merge,
    withdraw_support,
)
from ideas.enums import IdeaStatus
from ideas.models import Flag, Idea, Removal
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db

INSULT = "A lamp, you fools"


@pytest.fixture
def moderator(account_with):
    return account_with("moderate", "merge_ideas", "view_flag")


@pytest.fixture
def pair(moderator, now):
    kept, merged = IdeaFactory(title="Lights at the skate park"), IdeaFactory(title=INSULT)
    support_idea(idea=merged, resident=ResidentFactory(), at=now)
    merge = merge_ideas(kept=kept, merged=merged, reason="Both ask for light.", by=moderator, at=now)
    return kept, merged, merge


def as_it_was(client, idea):
    return client.get(f"/ideas/{idea.pk}/as-it-was/")


def test_its_page_leads_to_the_report_which_waits_in_the_queue(client, pair, resident) -> None:
    _kept, merged, _merge = pair
    client.force_login(resident.account)
    assert f"/ideas/{merged.pk}/flag/" in as_it_was(client, merged).content.decode()
    form = client.get(f"/ideas/{merged.pk}/flag/")
    assert f'href="/ideas/{merged.pk}/as-it-was/"' in form.content.decode()
    sent = client.post(f"/ideas/{merged.pk}/flag/", {"source": "abuse", "words": "It insults us."})
    assert sent.status_code == 303
    assert Flag.objects.waiting().filter(idea=merged, raised_by=resident).exists()
    thanks = client.get(sent["Location"]).content.decode()
    assert f'href="/ideas/{merged.pk}/as-it-was/"' in thanks


def test_nobody_reports_their_own_there(client, pair) -> None:
    _kept, merged, _merge = pair
    client.force_login(merged.author.account)
    assert f"/ideas/{merged.pk}/flag/" not in as_it_was(client, merged).content.decode()
    assert client.get(f"/ideas/{merged.pk}/flag/").status_code == 409


def test_held_it_is_shown_to_its_author_and_moderators_alone(client, pair, moderator, now) -> None:
    kept, merged, _merge = pair
    for _person in range(3):
        raise_flag(idea=merged, source="abuse", by=ResidentFactory(), at=now)
    held = as_it_was(client, merged)
    assert held.status_code == 404
    assert INSULT not in held.content.decode()
    assert INSULT not in client.get(kept.get_absolute_url()).content.decode()
    assert INSULT not in client.get(f"{kept.get_absolute_url()[:-1]}.json").content.decode()
    for account in (merged.author.account, moderator):
        client.force_login(account)
        page = as_it_was(client, merged).content.decode()
        assert INSULT in page
        assert "waiting for a moderator" in page
    keep(idea=merged, by=moderator, at=now)
    client.logout()
    assert as_it_was(client, merged).status_code == 200
    assert INSULT in client.get(kept.get_absolute_url()).content.decode()


def test_a_moderator_holds_it_without_a_report(client, pair, moderator, now) -> None:
    _kept, merged, _merge = pair
    hold(idea=merged, by=moderator, at=now)
    assert Flag.objects.waiting().filter(idea=merged).exists()
    assert as_it_was(client, merged).status_code == 404
    with pytest.raises(Refused, match="looking at this idea"):
        raise_flag(idea=merged, source="abuse", by=ResidentFactory(), at=now)


def test_removed_it_says_why_and_its_supporters_stay_with_the_kept_idea(client, pair, moderator, now) -> None:
    kept, merged, _merge = pair
    client.force_login(moderator)
    assert f"/ideas/{merged.pk}/remove/" in as_it_was(client, merged).content.decode()
    done = client.post(f"/ideas/{merged.pk}/remove/", {"why": "abuse", "reason": "It is an insult."})
    assert done.status_code == 303
    client.logout()
    for path in (f"/ideas/{merged.pk}/as-it-was/", merged.get_absolute_url()):
        page = client.get(path, follow=True)
        assert page.status_code == 410
        assert "It is an insult." in page.content.decode()
        assert INSULT not in page.content.decode()
    assert INSULT not in client.get(kept.get_absolute_url()).content.decode()
    assert Idea.objects.get(pk=kept.pk).supports_count == 1


def test_put_back_it_is_joined_as_before(client, pair, moderator, now) -> None:
    kept, merged, merge = pair
    remove_idea(idea=merged, reason="It is an insult.", by=moderator, at=now)
    restore(removal=Removal.objects.get(), by=moderator, at=now)
    assert Idea.objects.get(pk=merged.pk).merged_into == kept
    page = as_it_was(client, merged)
    assert "Both ask for light." in page.content.decode()
    undo_merge(merge=merge, reason="Two after all.", by=moderator, at=now)
    assert Idea.objects.get(pk=merged.pk).status == IdeaStatus.OPEN


def test_while_removed_it_is_neither_taken_apart_nor_given_a_status_of_its_own(
    pair, account_with, now
) -> None:
    _kept, merged, merge = pair
    both = account_with("moderate", "merge_ideas", "change_idea_status")
    remove_idea(idea=merged, reason="It is an insult.", by=both, at=now)
    with pytest.raises(Refused, match="put it back first"):
        undo_merge(merge=merge, reason="Two after all.", by=both, at=now)
    with pytest.raises(Refused, match="joined with another one when it was removed"):
        change_status(idea=merged, status="open", reason="Fine.", by=both, at=now)


def test_a_removed_link_of_a_chain_still_leads_on_and_supports_come_back_through_it(
    client, pair, moderator, now
) -> None:
    kept, merged, _merge = pair
    last, person = IdeaFactory(), ResidentFactory()
    support_idea(idea=kept, resident=person, at=now)
    merge_ideas(kept=last, merged=kept, reason="The same again.", by=moderator, at=now)
    remove_idea(idea=kept, reason="It names somebody.", by=moderator, at=now)
    assert client.get(merged.get_absolute_url()).url == last.get_absolute_url()
    assert as_it_was(client, merged).status_code == 200
    assert Idea.objects.get(pk=last.pk).supports_count == 2
    withdraw_support(idea=last, resident=person, at=now)
    assert Idea.objects.get(pk=last.pk).supports_count == 1
    assert Idea.objects.get(pk=kept.pk).supports_count == 1


def test_when_the_kept_idea_is_gone_moderators_can_still_act_and_others_read_nothing(
    client, pair, moderator, resident, now
) -> None:
    kept, merged, _merge = pair
    remove_idea(idea=kept, reason="It names somebody.", by=moderator, at=now)
    client.force_login(resident.account)
    form = client.get(f"/ideas/{merged.pk}/flag/")
    assert form.status_code == 409
    assert INSULT not in form.content.decode()
    kept_words = client.post(f"/ideas/{merged.pk}/flag/", {"source": "abuse", "words": "It insults us."})
    assert "It insults us." in kept_words.content.decode()
    client.force_login(moderator)
    assert INSULT in as_it_was(client, merged).content.decode()
    done = client.post(f"/ideas/{merged.pk}/remove/", {"why": "abuse", "reason": "It is an insult."})
    assert done.status_code == 303
    assert Idea.objects.get(pk=merged.pk).status == IdeaStatus.REMOVED
