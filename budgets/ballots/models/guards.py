"""What the database itself refuses: triggers that several tables of a ballot share."""

from __future__ import annotations

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


def only_while_open(
    name: str, operation: pgtrigger.core.Operation | pgtrigger.core.Operations
) -> pgtrigger.Trigger:
    """Rows that come in from opening to closing. The lock makes them wait for whoever closes at this moment."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        declare=[("closed", "timestamptz")],
        func="""
            SELECT closed_at INTO closed FROM ballots_ballot WHERE id = NEW.ballot_id FOR SHARE;
            IF closed IS NOT NULL
               OR NOT EXISTS (SELECT 1 FROM ballots_ballotversion WHERE ballot_id = NEW.ballot_id) THEN
                RAISE EXCEPTION 'The ballot is not open'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ballot_not_open';
            END IF;
            RETURN NEW;
        """,
    )


def append_only(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
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
