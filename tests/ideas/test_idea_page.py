"""The page of one idea."""

from datetime import timedelta

import pytest

from ideas.actions import change_status, comment_on_idea, remove_comment, support_idea, withdraw_idea
from ideas.models import Idea
from tests.factories import AwardFactory, IdeaFactory, ResidentFactory

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_html_in_what_people_write_is_shown_as_text(client, now) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    idea = IdeaFactory(
        title=f"Title {attack}"[:100], description=f"{attack}\n\nhttps://example.org/?a=1&b=2."
    )
    Idea.objects.update(held_at=None)  # a first idea with a link waits for a moderator
    comment_on_idea(idea=idea, author=ResidentFactory(name="<b>Bob</b>"), text=attack, at=now)
    for address in (idea.get_absolute_url(), "/ideas/", f"/ideas/{idea.pk}/comments/now/"):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html, address
        assert "<img src=x" not in html, address
        assert "<b>Bob" not in html, address
    html = client.get(idea.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener noreferrer">' in html


def test_a_wrong_slug_and_the_short_address_lead_to_the_page(client) -> None:
    idea = IdeaFactory(title="Lights at the skate park")
    address = f"/ideas/{idea.pk}-lights-at-the-skate-park/"
    for wrong in (f"/ideas/{idea.pk}-something-else/", f"/ideas/{idea.pk}/"):
        assert client.get(wrong).headers["Location"] == address
    twin = client.get(f"/ideas/{idea.pk}-something-else.json")
    assert twin.headers["Location"] == address[:-1] + ".json"


@pytest.mark.parametrize("address", ["/ideas/999999/", "/ideas/99999999999999999999/", "/ideas/999999-x/"])
def test_a_page_that_does_not_exist_is_not_found(client, address) -> None:
    assert client.get(address).status_code == 404


def test_a_title_of_signs_alone_still_has_an_address(client) -> None:
    idea = IdeaFactory(title="!!!")
    assert client.get(idea.get_absolute_url()).status_code == 200


def test_the_life_line_tells_each_step_with_its_reason(client, account_with, now) -> None:
    idea = IdeaFactory(author__name="Ama")
    officer = account_with("change_idea_status")
    change_status(idea=idea, status="accepted", reason="It fits the budget.", by=officer, at=now)
    page = words(client.get(idea.get_absolute_url()))
    assert page.index("Suggested by Ama") < page.index("It fits the budget.")
    assert "Going ahead" in page


def test_a_withdrawn_idea_says_so_and_only_its_author_still_sees_it(client, now) -> None:
    idea = IdeaFactory(title="My old idea", description="Private now")
    address = idea.get_absolute_url()
    withdraw_idea(idea=idea, by=idea.author.account, at=now)
    gone = client.get(address)
    assert gone.status_code == 410
    assert "withdrawn by its author" in words(gone)
    assert "Private now" not in words(gone)
    assert client.get(f"{address[:-1]}.json").status_code == 422
    assert client.get(f"/ideas/{idea.pk}/comments/now/").status_code == 404
    client.force_login(idea.author.account)
    assert client.get(address).status_code == 200


def test_a_removed_idea_gives_the_moderators_reason(client, account_with, now) -> None:
    idea = IdeaFactory(description="Something libellous")
    moderator = account_with("change_idea_status", "remove_comment", "moderate")
    change_status(idea=idea, status="removed", reason="It names a private person.", by=moderator, at=now)
    gone = client.get(idea.get_absolute_url())
    assert gone.status_code == 410
    assert "It names a private person." in words(gone)
    assert "libellous" not in words(gone)


def test_official_answers_come_first_and_removed_comments_give_the_reason(client, account_with, now) -> None:
    idea, hour = IdeaFactory(), timedelta(hours=1)
    officer = account_with("answer_officially").resident
    comment_on_idea(idea=idea, author=officer, text="We will do it", at=now, official=True)
    comment_on_idea(idea=idea, author=ResidentFactory(), text="Hurrah", at=now + hour)
    rude = comment_on_idea(idea=idea, author=ResidentFactory(), text="Rude words", at=now + 2 * hour)
    moderator = account_with("remove_comment")
    remove_comment(comment=rude, reason="It insults people.", by=moderator, at=now + 3 * hour)
    page = words(client.get(idea.get_absolute_url()))
    assert page.index("We will do it") < page.index("It insults people.") < page.index("Hurrah")
    assert "Rude words" not in page
    assert "/remove/" not in page
    client.force_login(moderator)
    assert words(client.get(idea.get_absolute_url())).count("/remove/") == 2


def test_comments_are_paged(client, now) -> None:
    idea = IdeaFactory()
    for number in range(21):
        comment_on_idea(
            idea=idea, author=ResidentFactory(), text=f"Number-{number}.", at=now + timedelta(minutes=number)
        )
    assert "Number-0." not in words(client.get(idea.get_absolute_url()))
    assert "Number-0." in words(client.get(idea.get_absolute_url() + "?page=2"))
    assert "Number-0." in words(client.get(f"/ideas/{idea.pk}/comments/now/?page=2"))


def test_the_twin_has_the_life_and_the_discussion_without_names(client, now, account_with) -> None:
    idea = IdeaFactory(author__name="Ama Mensah")
    comment_on_idea(idea=idea, author=ResidentFactory(name="Tomas Novak"), text="Yes", at=now)
    change_status(idea=idea, status="done", reason="Built.", by=account_with("change_idea_status"), at=now)
    twin = client.get(idea.get_absolute_url()[:-1] + ".json")
    assert twin.json()["totals"]["status"] == "done"
    assert [change["reason"] for change in twin.json()["life"]] == ["Built."]
    assert [comment["text"] for comment in twin.json()["discussion"]] == ["Yes"]
    assert "Ama" not in twin.content.decode()
    assert "Tomas" not in twin.content.decode()
    assert client.get(idea.get_absolute_url()[:-1] + ".csv").status_code == 200


def test_an_author_withdraws_after_being_asked_once_more(client) -> None:
    idea = IdeaFactory()
    address = f"/ideas/{idea.pk}/withdraw/"
    assert client.get(address).headers["Location"].startswith("/account/login/")
    client.force_login(ResidentFactory().account)
    refused = client.post(address)
    assert refused.status_code == 403
    assert "Only the person who suggested" in words(refused)
    client.force_login(idea.author.account)
    assert address in words(client.get(idea.get_absolute_url()))
    assert "Withdraw your idea?" in words(client.get(address))
    assert Idea.objects.get().status == "open"
    assert client.post(address).status_code == 303
    assert Idea.objects.get().status == "withdrawn"
    assert client.post(address).status_code == 409


def test_a_moderator_removes_a_comment_with_a_reason(client, account_with, now) -> None:
    idea = IdeaFactory()
    comment = comment_on_idea(idea=idea, author=ResidentFactory(), text="Rude", at=now)
    address = f"/ideas/comments/{comment.pk}/remove/"
    client.force_login(ResidentFactory().account)
    assert client.post(address, {"reason": "Mine"}).status_code == 403
    client.force_login(account_with("remove_comment"))
    assert "Rude" in words(client.get(address))
    missing = client.post(address, {"reason": ""})
    assert missing.status_code == 422
    assert "Give the reason" in words(missing)
    assert client.post(address, {"reason": "It insults people.", "why": "abuse"}).status_code == 303
    assert "It insults people." in words(client.get(idea.get_absolute_url()))
    assert client.get(address).status_code == 409


def test_a_support_that_can_no_longer_change_is_no_button(client, account_with, now) -> None:
    idea, me = IdeaFactory(), ResidentFactory()
    support_idea(idea=idea, resident=me, at=now)
    client.force_login(me.account)
    assert "You support this" in words(client.get(idea.get_absolute_url()))
    officer = account_with("change_idea_status")
    change_status(idea=idea, status="declined", reason="No money.", by=officer, at=now)
    page = words(client.get(idea.get_absolute_url()))
    assert "You support this" not in page
    assert "its support no longer changes" in page


def test_the_twin_names_the_award_that_the_page_shows(client) -> None:
    idea = IdeaFactory()
    AwardFactory(idea=idea, title="Two solar lights")
    said = client.get(idea.get_absolute_url().rstrip("/") + ".json").json()
    assert [row["title"] for row in said["awards"]] == ["Two solar lights"]
