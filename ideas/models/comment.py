"""What somebody says about an idea."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from engage.residents.models import Resident
from ideas.enums import Stance
from ideas.models.idea import Idea


class CommentQuerySet(models.QuerySet["Comment"]):
    def counted(self) -> CommentQuerySet:
        """Those that everybody can read."""
        return self.filter(removed_at=None, held_at=None, taken_back_at=None)

    def with_stance(self) -> CommentQuerySet:
        """Those that say what their author thinks of the idea. Replies talk to each other, the council to everybody."""
        return self.counted().filter(parent=None, official=False)


class Comment(models.Model):
    """Plain text. `official` marks an answer given for the council.

    A comment that a moderator removed keeps its place and says why; its words are shown to nobody. Of one that its
    author took back nothing is left but its place. `replies_count` counts the replies that everybody can read.
    """

    # Comments hold no pages or pictures, and looking for some would take five statements each time.
    wagtail_reference_index_ignore = True

    idea = models.ForeignKey(Idea, verbose_name=_("idea"), on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        Resident, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="comments"
    )
    text = models.TextField(_("comment"), max_length=2000)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("reply to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices, default=Stance.NEUTRAL)
    official = models.BooleanField(_("official answer"), default=False)
    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    replies_count = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    held_at = models.DateTimeField(_("waits for a moderator since"), null=True, editable=False)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_reason = models.CharField(_("reason for removing"), max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(fields=["idea", "written_at"], name="comment_of_idea"),
            models.Index(
                fields=["idea", "-official", "-written_at", "-id"],
                condition=models.Q(parent=None),
                name="comment_newest",
            ),
            models.Index(
                fields=["idea", "-official", "written_at", "id"],
                condition=models.Q(parent=None),
                name="comment_oldest",
            ),
            models.Index(fields=["parent", "-official", "written_at", "id"], name="comment_replies"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="comment_replies_to_another"
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="comment_one_level",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "idea_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Condition("NEW.parent_id IS NOT NULL"),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM ideas_comment above
                        WHERE above.id = NEW.parent_id AND above.parent_id IS NULL AND above.idea_id = NEW.idea_id
                    ) THEN
                        RAISE EXCEPTION 'A reply goes to a comment on the same idea, not to a reply'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_one_level';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]
        permissions = [
            ("answer_officially", _("Can answer for the council")),
            ("remove_comment", _("Can remove comments")),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def has_stance(self) -> bool:
        return self.parent_id is None and not self.official

    @property
    def is_counted(self) -> bool:
        return self.removed_at is None and self.held_at is None and self.taken_back_at is None
