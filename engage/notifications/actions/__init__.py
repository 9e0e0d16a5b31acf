"""The verbs of notifications, one file for each part of the way: follow → tell → mail; read, choose, forget.

Who follows or reads what is nobody's business, so unlike other verbs these leave no line in the audit record.
"""

from engage.notifications.actions.choosing import resume_mail, save_preferences, stop_kind, stop_mail
from engage.notifications.actions.following import copy_followers, follow, unfollow, watch, withdraw_copies
from engage.notifications.actions.forgetting import forget_old, forget_resident
from engage.notifications.actions.mailing import make_mails, send_next
from engage.notifications.actions.reading import mark_read
from engage.notifications.actions.telling import hear_again, hear_record, notify, tell_next

__all__ = [
    "copy_followers",
    "follow",
    "forget_old",
    "forget_resident",
    "hear_again",
    "hear_record",
    "make_mails",
    "mark_read",
    "notify",
    "resume_mail",
    "save_preferences",
    "send_next",
    "stop_kind",
    "stop_mail",
    "tell_next",
    "unfollow",
    "watch",
    "withdraw_copies",
]
