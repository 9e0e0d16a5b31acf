"""The shape of what people send. Whether it may be done is the verbs' to say."""

from ideas.forms.assess import (
    AppealAnswerForm,
    AssessForm,
    AssignForm,
    BulkAssignForm,
    NoteForm,
    TeamForm,
)
from ideas.forms.calls import CallForm, CopyCallForm
from ideas.forms.common import TOO_LONG
from ideas.forms.discuss import CommentForm, EditCommentForm, ReplyForm
from ideas.forms.merge import MergeForm, UndoMergeForm
from ideas.forms.moderate import (
    AppealForm,
    DecideAppealForm,
    FlagForm,
    QueueForm,
    ReasonForm,
    ReasonTemplateForm,
    RemoveCommentForm,
    RestoreForm,
)
from ideas.forms.status import StatusForm
from ideas.forms.suggest import (
    STEPS,
    CoAuthorsStep,
    EditForm,
    InviteForm,
    PictureForm,
    PictureWords,
    PlaceStep,
    Send,
    SendAsGuest,
    SendForResident,
    StepForm,
    TitleStep,
    all_words,
    filled,
)

__all__ = [
    "STEPS",
    "TOO_LONG",
    "AppealAnswerForm",
    "AppealForm",
    "AssessForm",
    "AssignForm",
    "BulkAssignForm",
    "CallForm",
    "CoAuthorsStep",
    "CommentForm",
    "CopyCallForm",
    "DecideAppealForm",
    "EditCommentForm",
    "EditForm",
    "FlagForm",
    "InviteForm",
    "MergeForm",
    "NoteForm",
    "PictureForm",
    "PictureWords",
    "PlaceStep",
    "QueueForm",
    "ReasonForm",
    "ReasonTemplateForm",
    "RemoveCommentForm",
    "ReplyForm",
    "RestoreForm",
    "Send",
    "SendAsGuest",
    "SendForResident",
    "StatusForm",
    "StepForm",
    "TeamForm",
    "TitleStep",
    "UndoMergeForm",
    "all_words",
    "filled",
]
