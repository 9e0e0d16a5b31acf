"""What became of an award: outcomes and photos."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from budgets import events
from budgets.actions.common import REFUSALS, lock_award, not_before_an_election, restate
from budgets.enums import PHOTO_RENDITIONS
from budgets.models import Award, Outcome, Photo
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused
from engage.kit.refusals import writing


def report_outcome(
    *,
    award: Award,
    measure: str,
    on: date,
    forecast: int | None = None,
    actual: int | None = None,
    story: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Outcome:
    """Publish what the money did: a number, a story, or both. Refused (409) when the measure is there already.

    Refused (409) to staff before an election, too; `by` None is what was published elsewhere, and only read in.
    """
    not_before_an_election(by, at)
    with writing(REFUSALS):
        lock_award(award)
        outcome = Outcome.objects.create(
            award=award,
            measure=measure,
            forecast=forecast,
            actual=actual,
            story=story,
            reported_on=on,
        )
        restate(award)
        record(events.OUTCOME_REPORTED, subject=award, actor=by, at=at, outcome=outcome.pk)
    return outcome


def correct_outcome(
    *,
    outcome: Outcome,
    measure: str,
    on: date,
    forecast: int | None = None,
    actual: int | None = None,
    story: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Outcome:
    """Replace what was reported; the record keeps the numbers from before.

    Refused (409) to staff before an election.
    """
    not_before_an_election(by, at)
    with writing(REFUSALS):
        before = {"measure": outcome.measure, "forecast": outcome.forecast, "actual": outcome.actual}
        outcome.measure, outcome.forecast, outcome.actual = measure, forecast, actual
        outcome.story, outcome.reported_on = story, on
        outcome.save(update_fields=["measure", "forecast", "actual", "story", "reported_on"])
        record(
            events.OUTCOME_CORRECTED,
            subject=outcome.award,
            actor=by,
            at=at,
            outcome=outcome.pk,
            before=before,
        )
    return outcome


def add_photo(
    *,
    award: Award,
    alt: str,
    image: AbstractImage | None = None,
    file: Any = None,
    caption: str = "",
    by: Account | None,
    at: datetime | None = None,
) -> Photo:
    """Show a picture on the award's page: one from the library (`image`), or an uploaded `file`.

    The file must be clean already (`engage.kit.uploads.PictureField`); a file without `alt` is refused.
    The sizes that pages show are drawn now, so that no visitor waits for them. Refused (409) to staff before an
    election.
    """
    not_before_an_election(by, at)
    if not alt.strip():
        raise Refused(
            Denied(_("Say what the picture shows, for people who cannot see it."), status=422, field="alt")
        )
    with writing(REFUSALS):
        if image is None:
            image = get_image_model().objects.create(
                title=(caption or alt)[:255], description=alt[:255], file=file, uploaded_by_user=by
            )
        image.get_renditions(*PHOTO_RENDITIONS)
        photo = Photo.objects.create(award=award, image=image, alt=alt, caption=caption)
        record(events.PHOTO_ADDED, subject=award, actor=by, at=at, photo=photo.pk)
    return photo


def remove_photo(*, photo: Photo, by: Account | None, at: datetime | None = None) -> None:
    """Take a picture off the award's page. It stays in the picture library, where editors can delete it."""
    with writing(REFUSALS):
        record(events.PHOTO_REMOVED, subject=photo.award, actor=by, at=at, photo=photo.pk)
        photo.delete()
