"""Pictures of an idea, while it is written and while its author may still change it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.models import Collection

from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from ideas.actions.common import lock, words_of
from ideas.enums import PICTURE_RENDITIONS
from ideas.events import IDEA_EDITED
from ideas.models import PICTURES_APART, Idea, IdeaDraft, IdeaPicture
from ideas.permissions import may_edit

PICTURES_EACH = 5
ALT_LIMIT = 200
NO_ALT = _("Say what the picture shows, for people who cannot see it.")


@transaction.atomic
def add_picture(
    *, of: Idea | IdeaDraft, file: Any, alt: str, by: Account | None, at: datetime
) -> IdeaPicture:
    """One more picture, last in order. `file` must be clean already (`engage.kit.uploads.PictureField`).

    Refused without `alt`, and when there are five. Of an idea, the sizes that pages show are drawn now; of a draft
    when it is published (`publish_pictures`): until then its files have no address that anybody could open.
    """
    _lock(of, by, at)
    words = words_of(alt, ALT_LIMIT, "alt", NO_ALT)
    if of.pictures.count() >= PICTURES_EACH:
        raise Refused(
            Denied(
                _("There are %(count)s pictures, which is the most. Remove one before you add another.")
                % {"count": PICTURES_EACH},
                status=409,
                field="file",
            )
        )
    image = get_image_model().objects.create(
        title=words,
        description=words,
        file=file,
        uploaded_by_user=by,
        collection=_apart(),
    )
    if isinstance(of, Idea):
        image.get_renditions(*PICTURE_RENDITIONS)
    last = of.pictures.order_by("order", "id").last()
    place = last.order + 1 if last else 0
    return IdeaPicture.objects.create(image=image, alt=words, order=place, **_owner(of))


@transaction.atomic
def describe_picture(
    *, of: Idea | IdeaDraft, picture_id: int, alt: str, by: Account | None, at: datetime
) -> None:
    """Other words for what a picture shows."""
    _lock(of, by, at)
    words = words_of(alt, ALT_LIMIT, "alt", NO_ALT)
    of.pictures.filter(pk=picture_id).update(alt=words)


@transaction.atomic
def move_picture_up(*, of: Idea | IdeaDraft, picture_id: int, by: Account | None, at: datetime) -> None:
    """One place nearer to the front; the first stays where it is."""
    _lock(of, by, at)
    ordered = list(of.pictures.order_by("order", "id"))
    place = next((number for number, each in enumerate(ordered) if each.pk == picture_id), 0)
    if place:
        ordered[place - 1], ordered[place] = ordered[place], ordered[place - 1]
    for number, picture in enumerate(ordered):
        picture.order = number
    IdeaPicture.objects.bulk_update(ordered, ["order"])


@transaction.atomic
def remove_picture(*, of: Idea | IdeaDraft, picture_id: int, by: Account | None, at: datetime) -> None:
    """Take a picture away, file and all. Twice is no harm."""
    _lock(of, by, at)
    discard_pictures(of.pictures.filter(pk=picture_id))


def publish_pictures(*, draft: IdeaDraft, idea: Idea) -> None:
    """From the draft to the idea that it became. For the verb that sends it."""
    for picture in draft.pictures.select_related("image"):
        picture.image.get_renditions(*PICTURE_RENDITIONS)
    draft.pictures.update(idea=idea, draft=None)


def discard_pictures(pictures: Iterable[IdeaPicture]) -> None:
    """The rows now, and the files once that is certain."""
    for picture in list(pictures):
        image = picture.image
        files: list[tuple[Storage, str]] = [(image.file.storage, image.file.name)]
        files += [(each.file.storage, each.file.name) for each in image.renditions.all()]
        picture.delete()
        image.renditions.all().delete()
        image.delete()
        transaction.on_commit(lambda files=files: _delete(files), robust=True)  # type: ignore[misc]


def _delete(files: Iterable[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


def _apart() -> Collection:
    """The collection of what residents send; made anew when an administrator has renamed or deleted it."""
    found: Collection | None = Collection.objects.filter(name=PICTURES_APART).first()
    return found or Collection.get_first_root_node().add_child(name=PICTURES_APART)


def _owner(of: Idea | IdeaDraft) -> dict[str, Any]:
    return {"idea": of} if isinstance(of, Idea) else {"draft": of}


def _lock(of: Idea | IdeaDraft, by: Account | None, at: datetime) -> None:
    """Nobody else changes these pictures meanwhile. Those of an idea are changed by whoever may edit it."""
    if not isinstance(of, Idea):
        IdeaDraft.objects.select_for_update().get(pk=str(of.pk))
        return
    locked = lock(of)
    require(may_edit(by, locked, at=at))  # type: ignore[arg-type]
    Idea.objects.filter(pk=locked.pk).update(edited_at=at)
    record(IDEA_EDITED, subject=locked, actor=by, at=at, what="pictures")
