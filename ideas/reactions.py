"""What follows: which screens look again, and who is told."""

from engage.kit.happenings import Happening, follow
from engage.kit.jobs import later
from engage.live.actions import announce
from engage.live.topics import topic_of
from engage.notifications.hearing import hears
from engage.residents.events import RESIDENT_LEFT
from ideas import events, notices
from ideas.actions import delete_drafts_of, forget_flagger

WHO_SPEAKS = (
    events.IDEA_COMMENTED,
    events.IDEA_COMMENT_TAKEN_BACK,
    events.IDEA_COMMENT_REMOVED,
    events.IDEA_COMMENT_RESTORED,
    events.IDEA_COMMENT_HELD,
    events.IDEA_COMMENT_RELEASED,
)
WHERE_IT_STANDS = (
    events.IDEA_STATUS_CHANGED,
    events.IDEA_ANSWERED,
    events.IDEA_ANSWER_APPEALED,
    events.IDEA_MERGED,
    events.IDEA_MERGE_UNDONE,
    events.IDEA_HELD,
    events.IDEA_RELEASED,
)


@follow(events.IDEA_SUPPORTED, events.IDEA_SUPPORT_WITHDRAWN, *WHERE_IT_STANDS, *WHO_SPEAKS)
def refresh_the_card_and_the_button(happening: Happening) -> None:
    announce(topic_of("idea", happening.subject_id))


@follow(*WHERE_IT_STANDS)
def refresh_the_life_line(happening: Happening) -> None:
    announce(topic_of("idea_standing", happening.subject_id))


@follow(events.IDEA_COMMENT_EDITED, *WHO_SPEAKS)
def refresh_the_comments(happening: Happening) -> None:
    announce(topic_of("idea_comments", happening.subject_id))


@hears(RESIDENT_LEFT)
def forget_what_was_begun(happening: Happening) -> None:
    delete_drafts_of(resident_id=happening.subject_id)


@hears(events.IDEA_SUGGESTED, events.IDEA_RELEASED, events.CO_AUTHOR_INVITED)
def mail_the_invitations(happening: Happening) -> None:
    later("ideas.invite", once=True)


@hears(RESIDENT_LEFT)
def forget_who_told_moderators(happening: Happening) -> None:
    forget_flagger(resident_id=happening.subject_id)


# What was held back is news when it is let through.
hears(events.IDEA_SUGGESTED, events.IDEA_RELEASED)(notices.new_idea)
hears(events.IDEA_COMMENTED, events.IDEA_COMMENT_RELEASED, in_worker=True)(notices.new_comment)
hears(events.IDEA_STATUS_CHANGED)(notices.new_status)
hears(events.CALL_DATES_SHIFTED)(notices.dates_changed)
hears(events.IDEA_STATUS_CHANGED, events.IDEA_COMMENT_REMOVED)(notices.own_removed)
hears(events.IDEA_REMOVAL_APPEAL_DECIDED)(notices.appeal_decided)
hears(events.IDEA_SUPPORTED, in_worker=True)(notices.follow_what_is_supported)
hears(events.IDEA_SUPPORT_WITHDRAWN, in_worker=True)(notices.unfollow_what_is_not)
hears(events.IDEA_ANSWERED)(notices.new_answer)
hears(events.IDEA_ASSIGNED)(notices.new_assignment)
hears(events.IDEA_MERGED)(notices.ideas_joined)
hears(events.IDEA_MERGE_UNDONE)(notices.ideas_taken_apart)
