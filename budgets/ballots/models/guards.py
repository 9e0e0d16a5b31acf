"""What the database itself refuses: triggers that several tables of a ballot share."""

from __future__ import annotations

from typing import Any

import pgtrigger


def frozen(name: str) -> pgtrigger.Trigger:
    """Rows of a ballot that change until it is opened, and never after. Waits for whoever opens it at this moment."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("ballot", "bigint")],
        func="""
            FOREACH ballot IN ARRAY CASE TG_OP
                WHEN 'INSERT' THEN ARRAY[NEW.ballot_id]
                WHEN 'DELETE' THEN ARRAY[OLD.ballot_id]
                ELSE ARRAY[OLD.ballot_id, NEW.ballot_id] END
            LOOP
                PERFORM 1 FROM ballots_ballot WHERE id = ballot FOR SHARE;
                IF EXISTS (SELECT 1 FROM ballots_ballotversion WHERE ballot_id = ballot) THEN
                    RAISE EXCEPTION 'The ballot is open: nothing of it changes any more'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_frozen';
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


def at_the_end(name: str, operation: pgtrigger.core.Operation, func: str, **more: Any) -> pgtrigger.Trigger:
    """Looks once at all rows of a statement, `changed`, and not at each: closing moves hundreds of thousands."""
    kind = {"old": "changed"} if operation == pgtrigger.Delete else {"new": "changed"}
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**kind),
        func=f"{func.rstrip()}\n            RETURN NULL;",
        **more,
    )


def only_while_open(name: str, operation: pgtrigger.core.Operation = pgtrigger.Insert) -> pgtrigger.Trigger:
    """Rows that come in from opening to closing. The lock makes them wait for whoever closes at this moment."""
    return at_the_end(
        name,
        operation,
        """
            FOR ballot IN SELECT DISTINCT ballot_id FROM changed ORDER BY ballot_id LOOP
                SELECT closed_at INTO closed FROM ballots_ballot WHERE id = ballot FOR SHARE;
                IF closed IS NOT NULL
                   OR NOT EXISTS (SELECT 1 FROM ballots_ballotversion WHERE ballot_id = ballot) THEN
                    RAISE EXCEPTION 'The ballot is not open'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_not_open';
                END IF;
            END LOOP;
        """,
        declare=[("ballot", "bigint"), ("closed", "timestamptz")],
    )


def kept_until_close(name: str) -> pgtrigger.Trigger:
    """Rows that closing takes away, and nobody else from opening on."""
    return at_the_end(
        name,
        pgtrigger.Delete,
        """
            IF EXISTS (SELECT 1 FROM ballots_ballot JOIN ballots_ballotversion ON ballot_id = ballots_ballot.id
                       WHERE closed_at IS NULL
                       AND ballots_ballot.id IN (SELECT DISTINCT ballot_id FROM changed)) THEN
                RAISE EXCEPTION 'This is kept until the ballot closes'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';
            END IF;
        """,
    )


def append_only(
    name: str,
    operation: pgtrigger.core.Operation | pgtrigger.core.Operations = pgtrigger.Update | pgtrigger.Delete,
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func="""RAISE EXCEPTION 'This is kept as it was written'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';""",
    )


def never_emptied(name: str) -> pgtrigger.Trigger:
    """TRUNCATE runs no trigger of a row, so it needs one of its own."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="""RAISE EXCEPTION 'This table cannot be emptied'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_append_only';""",
    )
