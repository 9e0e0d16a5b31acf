"""What a permission or a rule answers: yes, or no with the reason a person will read."""

from dataclasses import dataclass

from django.utils.functional import Promise

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go ahead."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No. `reason` is a full sentence that says why and what to do next.

    `status` is the HTTP answer (403 not yours to do, 404 not for you to see, 409 clashes with what is there,
    422 does not fit the rules, 429 too much at once); `field` names the form field to blame, if one is;
    `retry_after` is how many seconds to wait before it may be tried again.
    """

    reason: Words
    status: int = 403
    field: str | None = None
    retry_after: int | None = None

    def __bool__(self) -> bool:
        return False


type Decision = Allowed | Denied


class Refused(Exception):
    """Raised by a verb that was denied. One guard turns it into the same sentence for page, API and admin."""

    def __init__(self, denied: Denied) -> None:
        super().__init__(str(denied.reason))
        self.denied = denied


def require(decision: Decision) -> None:
    """Raise `Refused` unless the decision allows."""
    if isinstance(decision, Denied):
        raise Refused(decision)
