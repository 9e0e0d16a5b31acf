"""A step of closing: who could vote is reckoned against who did, before the electors and the codes go."""

from __future__ import annotations

from django.utils.translation import gettext as _

from budgets.ballots.enums import Proof
from budgets.ballots.models import Ballot, Code, Elector, Reckoning, RollEntry
from engage.kit.decisions import Denied, Refused


def reckon(held: Ballot) -> Reckoning:
    """Refused when somebody on the roll of voters is nobody who could vote."""
    roll = RollEntry.objects.filter(ballot=held)
    electors = Elector.objects.filter(ballot=held)
    codes = Code.objects.filter(ballot=held)
    voters, by_elector = roll.count(), roll.filter(person__in=electors.values("person")).count()
    holders = roll.filter(person__in=codes.values("person"))
    used = holders.count()
    # By subtraction: what is on neither of two long lists PostgreSQL looks up line by line.
    by_code = used - holders.filter(person__in=electors.values("person")).count()
    by_word = voters - by_elector - by_code
    if by_word and set(held.proofs) <= {Proof.ROLL, Proof.CODE}:
        raise Refused(
            Denied(
                _(
                    "%(number)d of the voters are on no electoral roll and have no code of this ballot."
                    " Ask the operator."
                )
                % {"number": by_word},
                status=409,
            )
        )
    return Reckoning.objects.create(
        ballot=held,
        electors=electors.count(),
        codes=codes.count(),
        codes_revoked=codes.exclude(revoked_at=None).count(),
        codes_used=used,
        by_elector=by_elector,
        by_code=by_code,
        by_word=by_word,
    )
