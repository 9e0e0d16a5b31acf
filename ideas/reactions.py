"""What follows: which screens look again."""

from engage.kit.happenings import Happening, follow
from engage.live.actions import announce
from engage.live.topics import topic_of
from ideas import events


@follow(
    events.IDEA_SUPPORTED,
    events.IDEA_SUPPORT_WITHDRAWN,
    events.IDEA_STATUS_CHANGED,
    events.IDEA_COMMENTED,
    events.IDEA_COMMENT_REMOVED,
)
def refresh_the_card_and_the_button(happening: Happening) -> None:
    announce(topic_of("idea", happening.subject_id))


@follow(events.IDEA_COMMENTED, events.IDEA_COMMENT_REMOVED)
def refresh_the_comments(happening: Happening) -> None:
    announce(topic_of("idea_comments", happening.subject_id))
