"""What becomes of the addresses of joined ideas, and what the kept idea's page says."""

import pytest

from ideas.actions import comment_on_idea, hold, merge_ideas, remove_idea, support_idea, undo_merge
from tests.factories import IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def officer(account_with):
    return account_with("merge_ideas")


@pytest.fixture
def pair(officer, now):
    kept, merged = IdeaFactory(title="Lights at the skate park"), IdeaFactory(title="A lamp by the ramps")
    comment_on_idea(idea=merged, author=ResidentFactory(name="Tomas"), text="I cannot see a thing.", at=now)
    support_idea(idea=merged, resident=ResidentFactory(), at=now)
    return (
        kept,
        merged,
        merge_ideas(kept=kept, merged=merged, reason="Both ask for light.", by=officer, at=now),
    )


def test_the_old_addresses_lead_to_the_kept_idea_for_the_time_being(client, pair, officer, now) -> None:
    kept, merged, merge = pair
    old, new = merged.get_absolute_url(), kept.get_absolute_url()
    for path, goal in (
        (old, new),
        (f"{old[:-1]}.json", f"{new[:-1]}.json"),
        (f"{old[:-1]}.csv", f"{new[:-1]}.csv"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.url) == (302, goal)
    client.force_login(merged.author.account)
    assert client.get(old).url == new
    undo_merge(merge=merge, reason="Not the same.", by=officer, at=now)
    assert client.get(old).status_code == 200


@pytest.mark.parametrize("taken_away", ["held", "removed"])
def test_a_kept_idea_that_is_hidden_is_not_named_on_the_way_to_it(
    client, pair, account_with, now, taken_away
) -> None:
    kept, merged, _merge = pair
    moderator = account_with("moderate")
    if taken_away == "held":
        hold(idea=kept, by=moderator, at=now)
    else:
        remove_idea(idea=kept, reason="It names somebody.", by=moderator, at=now)
    old = merged.get_absolute_url()
    for path in (f"/ideas/{merged.pk}/", old, f"{old[:-1]}.json", f"{old[:-1]}.csv", f"{old[:-1]}.atom"):
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert kept.slug not in answer.url, path
        assert client.get(answer.url).status_code in {404, 410, 422}, path
    as_it_was = client.get(f"/ideas/{merged.pk}/as-it-was/")
    assert as_it_was.status_code in {404, 410}
    for words_of_it in (kept.title, merged.title, "I cannot see a thing."):
        assert words_of_it not in words(as_it_was)
    client.force_login(moderator)
    assert kept.title in words(client.get(old, follow=True))


def test_a_chain_leads_to_its_end_at_once(client, pair, officer, now) -> None:
    kept, merged, _merge = pair
    last = IdeaFactory()
    merge_ideas(kept=last, merged=kept, reason="The same again.", by=officer, at=now)
    assert client.get(merged.get_absolute_url()).url == last.get_absolute_url()
    assert "A lamp by the ramps" in words(client.get(last.get_absolute_url()))


def test_the_kept_idea_credits_both_authors(client, pair) -> None:
    kept, merged, _merge = pair
    page = words(client.get(kept.get_absolute_url()))
    assert f"A lamp by the ramps</a>, by {merged.author.name}" in page
    assert f"Suggested by {kept.author.name}" in page
    assert "Joined with “A lamp by the ramps”" in page
    assert "Both ask for light." in page
    said = client.get(f"{kept.get_absolute_url()[:-1]}.json").json()
    assert [row["title"] for row in said["joined"]] == ["A lamp by the ramps"]
    assert said["totals"]["supports"] == 1


def test_what_people_said_about_the_joined_idea_stays_readable(client, pair) -> None:
    kept, merged, _merge = pair
    page = words(client.get(f"/ideas/{merged.pk}/as-it-was/"))
    assert "I cannot see a thing." in page
    assert kept.get_absolute_url() in page
    assert 'content="noindex"' in page
    assert (
        client.get(f"/ideas/{kept.pk}/as-it-was/", follow=True).redirect_chain[-1][0]
        == kept.get_absolute_url()
    )
    author = ResidentFactory()
    client.force_login(author.account)
    refused = client.post(f"/ideas/{merged.pk}/comments/", {"text": "Me neither."})
    assert "was joined with another one" in words(refused)
