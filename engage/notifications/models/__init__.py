from engage.notifications.models.following import Following
from engage.notifications.models.heard import Heard
from engage.notifications.models.mail import Mail
from engage.notifications.models.news import News
from engage.notifications.models.notification import Notification
from engage.notifications.models.preference import Preference

__all__ = ["Following", "Heard", "Mail", "News", "Notification", "Preference"]
