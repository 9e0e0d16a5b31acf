"""What a scheme asks of the journal, which knows nothing of schemes."""

import pgtrigger

from budgets.models import Entry


class SchemeEntry(Entry):
    """An entry, held to the scheme of its year: councillors' money leaves for budgets under a scheme alone."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            pgtrigger.Trigger(
                name="transfer_keeps_to_the_scheme",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__kind="transfer", new__amount_pence__lt=0),
                declare=[("source_given", "boolean"), ("target_given", "boolean")],
                func="""
                    SELECT bool_or(budget.id = NEW.budget_id), bool_or(budget.id = NEW.counterpart_id)
                        INTO source_given, target_given
                        FROM budgets_budget budget JOIN grants_scheme scheme ON scheme.year = budget.year
                        WHERE budget.id IN (NEW.budget_id, NEW.counterpart_id)
                            AND budget.councillor_id IS NOT NULL AND scheme.published_at IS NOT NULL;
                    IF source_given AND NOT coalesce(target_given, false) THEN
                        RAISE EXCEPTION 'Groups apply for the money of this budget'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_keeps_to_the_scheme';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
