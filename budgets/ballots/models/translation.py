"""What stands on a ballot paper, in another of its languages."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from budgets.ballots.models.ballot import Ballot, Pot, Project
from budgets.ballots.models.guards import frozen

# What has words: the ballot itself, one of its pots, or one of its projects.
type Thing = Ballot | Pot | Project


class Translation(models.Model):
    """The words of one project or the name of one pot; of neither, the ballot's own.

    The ballot's first language is the one in which its rows are written; `language` is one of the others.
    `instructions` are what a printed paper says in it: how it is filled in, and where it goes.
    """

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="translations")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="translations"
    )
    pot = models.ForeignKey(Pot, null=True, blank=True, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("in short"), max_length=2000, blank=True)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    assessment = models.TextField(_("officer’s assessment"), max_length=4000, blank=True)
    instructions = models.TextField(_("how to vote on paper"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["ballot", "pot", "project", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "project", "pot", "language"],
                nulls_distinct=False,
                name="translation_once",
            ),
            models.CheckConstraint(
                condition=models.Q(project=None) | models.Q(pot=None), name="translation_of_one_thing"
            ),
            models.CheckConstraint(
                condition=~models.Q(title=""),
                name="translation_has_title",
                violation_error_message=_("Give the title in this language."),
            ),
        ]
        triggers = [
            frozen("translation_frozen"),
            pgtrigger.Trigger(
                name="translation_of_its_ballot",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.project_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM ballots_project WHERE id = NEW.project_id AND ballot_id = NEW.ballot_id
                    ) OR NEW.pot_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM ballots_pot WHERE id = NEW.pot_id AND ballot_id = NEW.ballot_id
                    ) THEN
                        RAISE EXCEPTION 'A translation is of a project or a pot of its own ballot'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'translation_of_its_ballot';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.title}"

    @property
    def thing(self) -> Thing:
        return self.project or self.pot or self.ballot
