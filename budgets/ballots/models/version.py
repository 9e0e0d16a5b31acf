"""The ballot as it was opened, for good, and what was found wrong in its words since."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from budgets.ballots.enums import Words
from budgets.ballots.models.ballot import Ballot
from budgets.ballots.models.guards import append_only, never_emptied
from engage.kit.secrets import SecretField


def _sha256(field: str) -> Func:
    hashed = Func(F(field), function="sha256", output_field=models.BinaryField())
    return Func(hashed, Value("hex"), function="encode", output_field=models.CharField())


class BallotVersion(models.Model):
    """`document` is canonical JSON, byte for byte what is hashed and published; the database checks the hash.

    `commitment` is the SHA-256 of the tie seed, published from now on; the seed itself after the count.
    """

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="version")
    document = models.BinaryField(_("document"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    commitment = models.CharField(_("commitment to the seed of ties"), max_length=64)
    opened_at = models.DateTimeField(_("opened"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("ballot version")
        verbose_name_plural = _("ballot versions")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256=_sha256("document")), name="version_hash_is_right")
        ]
        triggers = [append_only("version_kept"), never_emptied("versions_kept")]

    def __str__(self) -> str:
        return f"{self.ballot}, {self.sha256[:12]}"


class Erratum(models.Model):
    """Words of a project put right after opening, with the reason. Money and rules have none.

    `language` is one of the ballot's others; empty for the one it was written in.
    """

    version = models.ForeignKey(BallotVersion, on_delete=models.PROTECT, related_name="errata")
    project = models.SlugField(_("project"), max_length=20)
    field = models.CharField(_("what"), max_length=12, choices=Words.choices)
    language = models.CharField(_("language"), max_length=10, blank=True)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"))
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("erratum")
        verbose_name_plural = _("errata")
        ordering = ["version", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erratum_says_why"),
            models.CheckConstraint(condition=Q(field__in=Words.values), name="erratum_changes_words_only"),
        ]
        triggers = [append_only("erratum_kept"), never_emptied("errata_kept")]

    def __str__(self) -> str:
        return f"{self.project}: {self.get_field_display()}"


class Secrets(models.Model):
    """What must be known during voting and by nobody afterwards.

    Every HMAC of this ballot (persons, codes, handles, receipts) and the key of its sealed votes are made from
    `secret`, so destroying it when the ballot closes cuts them all loose. `seed` breaks ties; it is drawn by
    opening, when nothing it could favour changes any more, and published with the count. `secret_sha256` tells that
    the secret is still the first one: it is 256 random bits, so its hash gives nothing away.
    """

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, primary_key=True, related_name="secrets")
    secret = SecretField(_("secret"), blank=True)
    secret_sha256 = models.CharField(max_length=64, default="", editable=False)
    seed = SecretField(_("seed of ties"), blank=True)

    class Meta:
        verbose_name = _("secrets of a ballot")
        verbose_name_plural = _("secrets of ballots")
        triggers = [
            pgtrigger.Trigger(
                name="secrets_kept_until_close",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    -- Sealed anew with another key they are other letters; that they are right is checked in use.
                    IF TG_OP = 'DELETE' THEN
                        IF OLD.seed = '' THEN RETURN OLD; END IF;
                    ELSIF NEW.ballot_id = OLD.ballot_id AND NEW.secret_sha256 = OLD.secret_sha256
                          AND (NEW.seed <> '' OR OLD.seed = '')
                          AND (NEW.secret <> '' OR OLD.secret = '' OR EXISTS (
                              SELECT 1 FROM ballots_ballot WHERE id = OLD.ballot_id AND closed_at IS NOT NULL
                          ))
                          AND (NEW.secret = '' OR OLD.secret <> '') THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'The secrets of a ballot are kept until it is closed'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
                """,
            ),
            never_emptied("secrets_not_emptied"),
        ]

    def __str__(self) -> str:
        return str(self.ballot_id)
