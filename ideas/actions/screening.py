"""What happens to a post before anybody has looked at it. The rules are in `rules/screening.py`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from engage.accounts.permissions import ENTER_BACK_OFFICE
from engage.kit.decisions import Denied, Refused, require
from engage.residents.models import Resident
from engage.residents.permissions import may_take_part
from ideas.enums import FlagSource
from ideas.models import Comment, Flag, Idea
from ideas.queries import latest_posts
from ideas.rules.screening import LATELY, Post, screen


@dataclass(frozen=True, slots=True)
class Screened:
    """`held_at` goes into the new row; `raise_flags` is for when it exists."""

    sources: tuple[FlagSource, ...] = ()
    held_at: datetime | None = None

    def raise_flags(self, *, idea: Idea, comment: Comment | None = None, at: datetime) -> None:
        Flag.objects.bulk_create(
            [Flag(idea=idea, comment=comment, source=source, raised_at=at) for source in self.sources],
            ignore_conflicts=True,  # words that were changed may be flagged for what was flagged before
        )


def screened(*, author: Resident, text: str, field: str, at: datetime) -> Screened:
    """Whether somebody may post this now, and what is to be done with it. At most two queries for most people.

    Refused when they are blocked, or post too fast. Nothing is asked of residents without an account (staff entered
    it for them), nor of people who work for the council.
    """
    account = author.account
    if account is None:
        return Screened()
    require(may_take_part(author, at=at))
    posts = latest_posts(author)
    lately = [each for each in posts if at - LATELY < each <= at]
    result = screen(Post(text, is_first=not posts, lately=lately), at=at, own_hosts=_own_hosts())
    if (result.sources or result.wait) and account.has_perm(ENTER_BACK_OFFICE):
        return Screened()
    if result.wait is not None:
        seconds = int(result.wait.total_seconds()) + 1
        sentence = _(
            "You have posted a lot in the last few minutes. Please wait %(minutes)s minutes, then send this again."
        )
        minutes = {"minutes": -(-seconds // 60)}
        raise Refused(Denied(sentence % minutes, status=429, field=field, retry_after=seconds))
    return Screened(result.sources, at if result.hold else None)


def _own_hosts() -> set[str]:
    host = urlsplit(settings.SITE_URL).hostname
    return {host.removeprefix("www.")} if host else set()
