"""A comment, or a reply to one."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ideas.actions import (
    COMMENT_LIMIT,
)
from ideas.enums import Stance
from ideas.forms.common import TOO_LONG

EMPTY = _("Write your comment before you send it.")
SIDES = [
    (Stance.FOR, _("I am for it")),
    (Stance.NEUTRAL, _("Neither for nor against")),
    (Stance.AGAINST, _("I am against it")),
]


class CommentForm(forms.Form):
    """Offers what the writer may choose: a side on the idea itself, and to speak for the council with that role.

    `slot` sets the fields' ids apart where several such forms can be open on one page.
    """

    text = forms.CharField(
        label=_("Your comment"),
        max_length=COMMENT_LIMIT,
        help_text=_("Be kind. Everyone can read this, with your public name."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": EMPTY, "max_length": TOO_LONG},
    )
    stance = forms.ChoiceField(
        label=_("What do you think of the idea?"),
        choices=SIDES,
        initial=Stance.NEUTRAL,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose whether you are for the idea, against it or neither.")},
    )
    official = forms.BooleanField(
        label=_("This is an official answer"),
        required=False,
        help_text=_("It stands above other comments, speaks for the council and takes no side."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        may_answer: bool,
        takes_side: bool = True,
        slot: str = "",
        initial: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"id_{slot}_%s" if slot else "id_%s")
        if not may_answer:
            del self.fields["official"]
        if not takes_side:
            del self.fields["stance"]

    def clean_stance(self) -> str:
        return self.cleaned_data["stance"] or Stance.NEUTRAL


class ReplyForm(CommentForm):
    """Replies talk to whoever wrote the comment, so they take no side."""

    def __init__(
        self,
        data: Any = None,
        *,
        may_answer: bool,
        slot: str,
        initial: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, may_answer=may_answer, takes_side=False, slot=slot, initial=initial)
        self.fields["text"].label = _("Your reply")


class EditCommentForm(CommentForm):
    """One's own words once more; whether they are official was settled when they were sent."""

    def __init__(
        self, data: Any = None, *, takes_side: bool, slot: str, initial: MutableMapping[str, Any]
    ) -> None:
        super().__init__(data, may_answer=False, takes_side=takes_side, slot=slot, initial=initial)
