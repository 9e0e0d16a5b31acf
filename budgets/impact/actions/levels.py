"""How much groups are asked to tell."""

from datetime import datetime

from budgets.grants.models import Scheme
from budgets.impact import events
from budgets.impact.actions.common import REFUSALS
from budgets.impact.models import Levels
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.refusals import writing


def set_levels(
    *,
    scheme: Scheme,
    before_and_after_pence: int,
    value_map_pence: int,
    by: Account | None,
    at: datetime | None = None,
) -> Levels:
    amounts = {"before_and_after_pence": before_and_after_pence, "value_map_pence": value_map_pence}
    with writing(REFUSALS):
        levels, _made = Levels.objects.update_or_create(scheme=scheme, defaults=amounts)
        record(events.REPORTING_LEVELS_SET, subject=scheme, actor=by, at=at, **amounts)
    return levels
