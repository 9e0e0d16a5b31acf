"""What notifications show on the account page."""

from django.http import HttpRequest

from engage.kit.panels import Panel, register_panel
from engage.notifications.queries import preference_of
from engage.residents.models import Resident


@register_panel(Resident, order=20)
def notifications(resident: Resident, request: HttpRequest) -> Panel | None:
    return Panel("notifications/account_panel.html", {"mail_on": preference_of(resident).mail_on})
