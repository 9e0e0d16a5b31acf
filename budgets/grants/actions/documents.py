"""Files that are kept with an application: looked into before, handed to nobody but those who may read it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.utils.translation import gettext as _

from budgets.grants import events
from budgets.grants.actions.common import hold, touch
from budgets.grants.enums import DocumentKind
from budgets.grants.models import Application, Document
from budgets.grants.permissions.apply import may_remove_document, may_write
from budgets.grants.rules.documents import clean_name, look_at
from engage.accounts.models import Account
from engage.audit.actions import record
from engage.kit.decisions import Denied, Refused, require
from engage.kit.uploads import clean_picture

DOCUMENTS_EACH = 20


@transaction.atomic
def add_document(
    *, application: Application, kind: str, name: str, content: bytes, by: Account, at: datetime
) -> Document:
    """A document of the group's, while the application may be changed. The same file sent twice is one document."""
    held = hold(application)
    require(may_write(by, held))
    touch(held, at=at)
    return keep_document(held=held, kind=kind, name=name, content=content, by=by, at=at)


def keep_document(
    *, held: Application, kind: str, name: str, content: bytes, by: Account, at: datetime
) -> Document:
    """Look into a file and keep it with a held application. Whether its sender may is the caller's to ask.

    Refused for what it holds, and when there are twenty. Kept under a name that nobody can guess, outside the folder
    of public files.
    """
    if kind not in DocumentKind.values:
        raise Refused(Denied(_("Say what kind of document it is."), status=422, field="kind"))
    looked = look_at(name, content)
    if isinstance(looked, Denied):
        raise Refused(looked)
    shown = looked.name
    if looked.is_picture:
        content, shown, content_type = _redrawn(content, shown)
    else:
        content_type = looked.content_type
    mark = sha256(content).hexdigest()
    if same := held.documents.filter(kind=kind, sha256=mark).first():
        return same
    if held.documents.count() >= DOCUMENTS_EACH:
        sentence = _("There are %(count)d documents, which is the most. Remove one before you add another.")
        raise Refused(Denied(sentence % {"count": DOCUMENTS_EACH}, status=409, field="file"))
    document = Document(
        application=held,
        kind=kind,
        name=shown,
        content_type=content_type,
        size=len(content),
        sha256=mark,
        added_by=by,
        added_at=at,
    )
    document.file.save(f"{uuid4().hex}{PurePath(shown).suffix.lower()}", ContentFile(content), save=False)
    try:
        with transaction.atomic():
            document.save()
    except BaseException:
        document.file.storage.delete(str(document.file.name))
        raise
    record(events.DOCUMENT_ADDED, subject=held, actor=by, at=at, document=document.pk, kind=kind)
    return document


@transaction.atomic
def remove_document(*, application: Application, document_id: int, by: Account, at: datetime) -> None:
    """Take a document away, file and all. Twice is no harm."""
    held = hold(application)
    require(may_write(by, held))
    document = held.documents.filter(pk=document_id).first()
    if document is None:
        return
    document.application = held
    require(may_remove_document(by, document))
    discard_documents([document])
    touch(held, at=at)
    record(events.DOCUMENT_REMOVED, subject=held, actor=by, at=at, document=document_id, kind=document.kind)


def discard_documents(documents: list[Document]) -> None:
    """The rows now, and the files once that is certain."""
    for document in documents:
        storage, name = document.file.storage, str(document.file.name)
        document.delete()
        transaction.on_commit(lambda storage=storage, name=name: _delete(storage, name), robust=True)  # type: ignore[misc]


def _delete(storage: Storage, name: str) -> None:
    storage.delete(name)


def _redrawn(content: bytes, name: str) -> tuple[bytes, str, str]:
    """The picture alone: nothing that was hidden in its file, nor where it was taken."""
    try:
        drawn = clean_picture(ContentFile(content, name))
    except ValidationError as error:
        raise Refused(Denied(error.messages[0], status=422, field="file")) from error
    ending = PurePath(str(drawn.file.name)).suffix
    return drawn.file.read(), clean_name(f"{PurePath(name).stem}{ending}"), drawn.content_type
