"""What follows: which screens look again, and who is told."""

from engage.kit.happenings import Happening, follow
from engage.live.actions import announce
from engage.live.topics import topic_of
from engage.notifications.hearing import hears
from ideas import events, notices


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


hears(events.IDEA_SUGGESTED)(notices.new_idea)
hears(events.IDEA_COMMENTED)(notices.new_comment)
hears(events.IDEA_STATUS_CHANGED)(notices.new_status)
hears(events.IDEA_SUPPORTED)(notices.follow_what_is_supported)
hears(events.IDEA_SUPPORT_WITHDRAWN)(notices.unfollow_what_is_not)
