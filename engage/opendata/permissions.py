"""What is published needs no permission. Who says who publishes, and who sees what to mend first."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from engage.accounts.models import Account
from engage.kit.decisions import Allowed, Decision, Denied
from engage.opendata.models import Publisher

GRANTS: dict[str, set[str]] = {
    "opendata.change_publisher": {"officer", "administrator"},
    "opendata.see_mending": {"officer", "auditor", "administrator"},
}


def may_publish_giving(publisher: Publisher) -> Decision:
    """Whether there can be a package of grants at all: the standard has no grant without its funder's identifier."""
    if publisher.is_known:
        return Allowed()
    return Denied(
        format_lazy(
            _(
                "The council has not yet entered its own identifier, so its grants cannot be published in the"
                " 360Giving standard. The list of grants at {address} has the same grants."
            ),
            address=reverse_lazy("opendata:grants", args=["csv"]),
        ),
        status=404,
    )


def may_see_mending(account: Account | AnonymousUser) -> Decision:
    """The report of what keeps grants out of the files."""
    if account.has_perm("opendata.see_mending"):
        return Allowed()
    return Denied(_("Only officers and auditors can see what to mend. Ask the grants team."))
