"""What residents are told about ideas: the kinds of news, what they are about, and who hears of what.

To tell of something new: register a `Kind`, write a function that takes the happening and calls `notify`, and name it
with its event in `reactions.py`. Store codes and numbers in `data`, never words that somebody wrote: the words are
made when they are read. Each function may run twice for the same happening (see `engage.notifications.hearing`).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engage.kit.happenings import Happening
from engage.kit.text import excerpt
from engage.notifications.actions import copy_followers, follow, notify, unfollow, withdraw_copies
from engage.notifications.enums import Channel
from engage.notifications.kinds import About, Data, Kind, Topic, TopicKind, register, register_topic
from engage.residents.models import Resident
from ideas.enums import IdeaStatus, Verdict
from ideas.models import Assessment, Call, Comment, Idea, Merge, Support
from ideas.queries import councillors_among_residents

FOLLOWED = _("Ideas you follow")
YOURS = _("Your ideas and comments")
ASSESSED = _("Ideas you assess")
WATCHED = _("Places and themes you watch")
SERVED = _("Places you serve as a councillor")

SUPPORT = "support"  # what a following is through when somebody follows an idea because they support it


def _comment_place(data: Data) -> str:
    return f"#comment-{data['comment']}"


def _answer_place(data: Data) -> str:
    return "#answer"


def _dates_place(data: Data) -> str:
    return "#shifts"


def _verdict_words(data: Data) -> dict[str, str]:
    return {"answer": str(Verdict(data["verdict"]).label)}


_JOINED = {
    "brings": _("brings together another idea as well"),
    "joined": _("is joined with another idea now"),
    "apart": _("is an idea of its own again"),
}


def _joined_words(data: Data) -> dict[str, str]:
    return {"what": str(_JOINED[data["what"]])}


def _status_words(data: Data) -> dict[str, str]:
    return {"status": str(IdeaStatus(data["status"]).label)}


register(
    Kind(
        key="idea_answer",
        group=FOLLOWED,
        label=_("The council answers"),
        title=_("The council answered “%(topic)s”"),
        default=Channel.NOW,
        fragment=_comment_place,
    ),
    Kind(
        key="idea_status",
        group=FOLLOWED,
        label=_("The status changes"),
        title=_("“%(topic)s” is now: %(status)s"),
        values=_status_words,
        default=Channel.NOW,
    ),
    Kind(
        key="idea_comment",
        group=FOLLOWED,
        label=_("Somebody comments"),
        title=_("New comment on “%(topic)s”"),
        many=_("%(count)d new comments on “%(topic)s”"),
        default=Channel.DAILY,
        fragment=_comment_place,
    ),
    Kind(
        key="idea_reply",
        group=YOURS,
        label=_("Somebody replies to a comment of yours"),
        title=_("Reply to your comment on “%(topic)s”"),
        many=_("%(count)d replies to your comments on “%(topic)s”"),
        default=Channel.NOW,
        fragment=_comment_place,
    ),
    Kind(
        key="idea_joined",
        group=YOURS,
        label=_("An idea of yours is joined with another, or taken apart again"),
        title=_("“%(topic)s” %(what)s"),
        values=_joined_words,
        default=Channel.NOW,
    ),
    Kind(
        key="idea_assigned",
        group=ASSESSED,
        label=_("An idea is assigned to you"),
        title=_("You are asked to assess “%(topic)s”"),
        default=Channel.NOW,
        needs="ideas.assess_idea",
    ),
    Kind(
        key="idea_answered",
        group=FOLLOWED,
        label=_("The council decides what becomes of an idea"),
        title=_("The council answered “%(topic)s”: %(answer)s"),
        values=_verdict_words,
        default=Channel.NOW,
        fragment=_answer_place,
    ),
    Kind(
        key="idea_looked_again",
        group=YOURS,
        label=_("Somebody looked again at an answer to your idea"),
        title=_("Somebody looked again at “%(topic)s”: %(answer)s"),
        values=_verdict_words,
        default=Channel.NOW,
        fragment=_answer_place,
    ),
    Kind(
        key="idea_new",
        group=WATCHED,
        label=_("Somebody suggests an idea"),
        title=_("New idea: “%(topic)s”"),
        default=Channel.DAILY,
    ),
    Kind(
        key="idea_for_councillor",
        group=SERVED,
        label=_("Somebody suggests an idea outside any call"),
        title=_("A new idea for you: “%(topic)s”"),
        default=Channel.NOW,
        needs="ideas.answer_officially",
    ),
    Kind(
        key="call_dates",
        group=FOLLOWED,
        label=_("The dates of a call change"),
        title=_("The dates of “%(topic)s” have changed. See the new ones, and why."),
        default=Channel.NOW,
        fragment=_dates_place,
    ),
    Kind(
        key="own_removed",
        group=YOURS,
        label=_("A moderator removes something of yours"),
        title=_("A moderator removed what you wrote: “%(topic)s”. See why, and how to appeal."),
        default=Channel.NOW,
    ),
    Kind(
        key="appeal_decided",
        group=YOURS,
        label=_("Your appeal is answered"),
        title=_("Your appeal about “%(topic)s” is answered."),
        default=Channel.NOW,
    ),
)


# --- what it is about ------------------------------------------------------------------------------------


def _ideas(numbers: Collection[int]) -> dict[int, About]:
    """Those that everybody can see, and those that lead on to another."""
    shown = Q(pk__in=Idea.objects.public().filter(pk__in=numbers).values("pk")) | Q(
        status=IdeaStatus.MERGED, held_at=None
    )
    return _described(Idea.objects.filter(shown, pk__in=numbers))


def _own_ideas(numbers: Collection[int]) -> dict[int, About]:
    """Any, whatever became of it: for news that only its authors get."""
    return _described(Idea.objects.filter(pk__in=numbers))


def _described(ideas: Collection[Idea]) -> dict[int, About]:
    return {idea.pk: About(idea.title, idea.get_absolute_url()) for idea in ideas}


def _calls(numbers: Collection[int]) -> dict[int, About]:
    return {
        call.pk: About(call.title, call.get_absolute_url())
        for call in Call.objects.public(timezone.now()).filter(pk__in=numbers)
    }


def _removed_ideas(numbers: Collection[int]) -> dict[int, About]:
    """Leads to the page where its author reads why, and appeals."""
    found = Idea.objects.filter(pk__in=numbers).values_list("pk", "title")
    return {number: About(title, reverse("ideas:appeal_idea", args=[number])) for number, title in found}


def _removed_comments(numbers: Collection[int]) -> dict[int, About]:
    found = Comment.objects.filter(pk__in=numbers).values_list("pk", "text")
    return {
        number: About(excerpt(text, 60), reverse("ideas:appeal_comment", args=[number]))
        for number, text in found
    }


NO_IDEA = _("An idea that is no longer shown")
register_topic(TopicKind("idea", _ideas, gone=NO_IDEA))
register_topic(TopicKind("own_idea", _own_ideas, gone=NO_IDEA, open=False))
register_topic(TopicKind("removed_idea", _removed_ideas, gone=NO_IDEA, open=False))
register_topic(
    TopicKind("removed_comment", _removed_comments, gone=_("A comment that is no longer here"), open=False)
)
register_topic(TopicKind("call", _calls, gone=_("A call that is no longer here"), area=True))


def topic(idea_id: int) -> Topic:
    return ("idea", idea_id)


# --- who hears of what -----------------------------------------------------------------------------------


def new_idea(happening: Happening) -> None:
    """The author follows it; those who watch its place, its theme or its call hear of it once everybody can see it.

    Outside any call it is for the councillors of its place, who are told so, and not a second time as watchers.
    """
    idea = Idea.objects.filter(pk=happening.subject_id).select_related("author").first()
    if idea is None:
        return
    if idea.author is not None:
        follow(resident=idea.author, topic=topic(idea.pk), at=happening.at, through="author")
    if not Idea.objects.public().filter(pk=idea.pk).exists():
        return
    mine = _numbers(idea.author_id)
    councillors = set() if idea.call_id else _councillors_for(idea, happening) - mine
    if councillors:
        notify(
            kind="idea_for_councillor",
            topic=topic(idea.pk),
            at=idea.suggested_at,
            to_followers=False,
            also=councillors,
        )
    watched = [("place", idea.place_id), ("theme", idea.theme_id), ("call", idea.call_id)]
    notify(
        kind="idea_new",
        topic=topic(idea.pk),
        at=idea.suggested_at,
        topics=[(kind, number) for kind, number in watched if number],
        but_not=mine | councillors,
    )


def _councillors_for(idea: Idea, happening: Happening) -> set[int]:
    day = timezone.localdate(happening.at)
    return set(councillors_among_residents(idea.place_id, day).values_list("pk", flat=True))


def new_comment(happening: Happening) -> None:
    """Followers hear of it, and whoever it replies to; nobody hears twice, nor the one who wrote it."""
    comment = Comment.objects.counted().filter(pk=happening.data["comment"]).select_related("parent").first()
    if comment is None:
        return
    mine = _numbers(comment.author_id)
    answered = _numbers(comment.parent.author_id if comment.parent else None) - mine
    if answered:
        _tell_of(comment, "idea_reply", to_followers=False, also=answered)
    _tell_of(comment, "idea_answer" if comment.official else "idea_comment", but_not=mine | answered)


def _tell_of(comment: Comment, kind: str, **who: Any) -> None:
    """At the moment of the comment: one that was held is the same news when it is let through."""
    notify(
        kind=kind,
        topic=topic(comment.idea_id),
        at=comment.written_at,
        data={"comment": comment.pk},
        key=str(comment.pk),
        **who,
    )


def dates_changed(happening: Happening) -> None:
    """Those who follow the call hear of it, and those who follow one of its ideas: its authors and supporters too."""
    ideas = Idea.objects.public().filter(call=happening.subject_id).values_list("pk", flat=True)
    notify(
        kind="call_dates",
        topic=("call", happening.subject_id),
        at=happening.at,
        topics=[topic(idea) for idea in ideas],
        but_not=_of_account(happening.actor_id),
    )


def new_status(happening: Happening) -> None:
    """An answer says it itself, with more words; a vote tells its followers what came of it."""
    if happening.data.get("by_vote"):
        return
    answered = Assessment.objects.filter(idea=happening.subject_id, answered_at=happening.at)
    idea = Idea.objects.public().filter(pk=happening.subject_id).values_list("pk", flat=True).first()
    if idea is not None and not answered.exists():
        notify(
            kind="idea_status",
            topic=topic(idea),
            at=happening.at,
            data={"status": happening.data["after"]},
            but_not=_of_account(happening.actor_id),
        )


def own_removed(happening: Happening) -> None:
    """The author of what a moderator removed; who removed their own work need not be told."""
    if happening.data.get("after", IdeaStatus.REMOVED) == IdeaStatus.REMOVED:
        _tell_the_author(happening, "own_removed")


def appeal_decided(happening: Happening) -> None:
    _tell_the_author(happening, "appeal_decided")


def _tell_the_author(happening: Happening, kind: str) -> None:
    number = happening.data.get("comment")
    thing: Idea | Comment | None = (
        Comment.objects.filter(pk=number).first()
        if number
        else Idea.objects.filter(pk=happening.subject_id).first()
    )
    if thing is not None and thing.author_id is not None:
        notify(
            kind=kind,
            topic=("removed_comment" if number else "removed_idea", thing.pk),
            at=happening.at,
            to_followers=False,
            also=_numbers(thing.author_id),
            but_not=_of_account(happening.actor_id),
        )


def new_answer(happening: Happening) -> None:
    """Everybody who follows the idea; after another look, its author hears that it was looked at again."""
    found = Assessment.objects.select_related("idea").filter(pk=happening.data["assessment"]).first()
    if found is None or not Idea.objects.public().filter(pk=found.idea_id).exists():
        return
    author = _numbers(found.idea.author_id) if found.reassesses_id else set()
    told, at, data = topic(found.idea_id), happening.at, {"verdict": found.verdict}
    everybody_but = author | _of_account(happening.actor_id)
    notify(kind="idea_answered", topic=told, at=at, data=data, but_not=everybody_but)
    if author:
        notify(kind="idea_looked_again", topic=told, at=at, data=data, to_followers=False, also=author)


def new_assignment(happening: Happening) -> None:
    """To the person who is asked, or to the team when nobody is named; not to whoever asked."""
    found = Assessment.objects.filter(pk=happening.data["assessment"]).first()
    if found is None or found.answered_at is not None:
        return
    officer, team = happening.data["officer"], happening.data["team"]
    asked = Q(account=officer) if officer else Q(account__idea_teams=team)
    people = Resident.objects.filter(asked).exclude(account=happening.actor_id)
    notify(
        kind="idea_assigned",
        topic=topic(happening.subject_id),
        at=happening.at,
        to_followers=False,
        also=set(people.values_list("pk", flat=True)),
    )


def ideas_joined(happening: Happening) -> None:
    """Both authors are told, and whoever followed the joined idea follows the kept one."""
    merge = Merge.objects.select_related("kept", "merged").filter(pk=happening.data["merge"]).first()
    if merge is None or merge.undone_at is not None:
        return
    goes_on, led_on = topic(merge.kept_id), topic(merge.merged_id)
    copy_followers(from_topic=led_on, to_topic=goes_on, through=f"merge:{merge.pk}", at=happening.at)
    _tell_author(merge.kept, "brings", happening)
    _tell_author(merge.merged, "joined", happening)


def ideas_taken_apart(happening: Happening) -> None:
    merge = Merge.objects.select_related("kept", "merged").filter(pk=happening.data["merge"]).first()
    if merge is None:
        return
    withdraw_copies(through=f"merge:{merge.pk}")
    _tell_author(merge.kept, "apart", happening)
    _tell_author(merge.merged, "apart", happening)


def _tell_author(idea: Idea, what: str, happening: Happening) -> None:
    notify(
        kind="idea_joined",
        topic=("own_idea", idea.pk),
        at=happening.at,
        data={"what": what},
        to_followers=False,
        also=_numbers(idea.author_id) - _of_account(happening.actor_id),
    )


def follow_what_is_supported(happening: Happening) -> None:
    """Who supports an idea wants to know what becomes of it. Following can be ended alone."""
    mine = Support.objects.filter(idea=happening.subject_id, resident__account=happening.actor_id)
    given = mine.select_related("resident").first() if happening.actor_id else None
    if given is not None:
        follow(resident=given.resident, topic=topic(happening.subject_id), at=happening.at, through=SUPPORT)


def unfollow_what_is_not(happening: Happening) -> None:
    resident = Resident.objects.filter(account=happening.actor_id).first() if happening.actor_id else None
    if resident is not None:
        unfollow(resident=resident, topic=topic(happening.subject_id), through=SUPPORT)


def _of_account(account_id: int | None) -> set[int]:
    """The resident that an account belongs to, as a set of their number."""
    if account_id is None:
        return set()
    return set(Resident.objects.filter(account=account_id).values_list("pk", flat=True))


def _numbers(resident_id: int | None) -> set[int]:
    return set() if resident_id is None else {resident_id}
