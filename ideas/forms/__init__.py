"""The shape of what people send. Whether it may be done is the verbs' to say."""

from ideas.forms.calls import CallForm
from ideas.forms.common import TOO_LONG
from ideas.forms.discuss import CommentForm
from ideas.forms.moderate import ReasonForm, RemoveCommentForm
from ideas.forms.status import StatusForm
from ideas.forms.suggest import SuggestForm

__all__ = [
    "TOO_LONG",
    "CallForm",
    "CommentForm",
    "ReasonForm",
    "RemoveCommentForm",
    "StatusForm",
    "SuggestForm",
]
