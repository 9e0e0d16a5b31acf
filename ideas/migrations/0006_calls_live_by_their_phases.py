"""A call's two dates become its phase for suggesting. Until they have, the old columns stay (see the next one)."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models
from django.db.models import F, Q


def phases_from_dates(apps, schema_editor):
    """Whoever could see a call before can see it still: it counts as announced when it opened."""
    Call, Phase = apps.get_model("ideas", "Call"), apps.get_model("ideas", "Phase")
    known = set(Phase.objects.values_list("call_id", flat=True))
    Phase.objects.bulk_create(
        Phase(call=call, kind="suggest", starts_at=call.opens_at, ends_at=call.closes_at)
        for call in Call.objects.exclude(pk__in=known)
    )
    Call.objects.update(announced_at=F("opens_at"))


def dates_from_phases(apps, schema_editor):
    """Back: a call opens with its first phase and closes when it stops taking ideas."""
    Call, Phase = apps.get_model("ideas", "Call"), apps.get_model("ideas", "Phase")
    for call in Call.objects.all():
        phases = list(Phase.objects.filter(call=call).order_by("starts_at"))
        if phases:
            suggest = next((phase for phase in phases if phase.kind == "suggest"), phases[0])
            Call.objects.filter(pk=call.pk).update(opens_at=suggest.starts_at, closes_at=suggest.ends_at)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0005_send_once")]

    operations = [
        migrations.AddField(
            model_name="call",
            name="announced_at",
            field=models.DateTimeField(
                blank=True,
                help_text="From this moment everyone can see the call. Empty: it is a draft for staff.",
                null=True,
                verbose_name="announced",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="feeds",
            field=models.CharField(
                choices=[
                    ("nothing", "Nothing decided yet"),
                    ("budgets", "Locality budgets"),
                    ("ballot", "A ballot"),
                ],
                default="nothing",
                max_length=10,
                verbose_name="money",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="ballot_pot_pence",
            field=models.BigIntegerField(blank=True, null=True, verbose_name="money of the ballot"),
        ),
        migrations.AlterField(
            model_name="call",
            name="explanation",
            field=models.TextField(
                help_text="One or two sentences, shown wherever the call is named.",
                verbose_name="explanation",
            ),
        ),
        migrations.AlterModelOptions(
            name="call",
            options={
                "ordering": [
                    models.OrderBy(models.F("announced_at"), descending=True, nulls_first=True),
                    "-id",
                ],
                "verbose_name": "call for ideas",
                "verbose_name_plural": "calls for ideas",
            },
        ),
        migrations.AlterField(
            model_name="callquestion",
            name="call",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="questions",
                to="ideas.call",
                verbose_name="call",
            ),
        ),
        *(
            migrations.AlterField(
                model_name="phaseshift",
                name=name,
                field=models.DateTimeField(null=True, verbose_name=label),
            )
            for name, label in [
                ("from_starts_at", "started"),
                ("from_ends_at", "ended"),
                ("to_starts_at", "starts"),
                ("to_ends_at", "ends"),
            ]
        ),
        migrations.AddConstraint(
            model_name="phaseshift",
            constraint=models.CheckConstraint(
                condition=Q(from_starts_at__isnull=False, from_ends_at__isnull=False)
                | Q(to_starts_at__isnull=False, to_ends_at__isnull=False),
                name="phase_shift_has_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=Q(ballot_pot_pence=None) | Q(feeds="ballot", ballot_pot_pence__gt=0),
                name="call_pot_is_of_a_ballot",
                violation_error_message="Only a call that leads to a ballot has money for one.",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=(Q(ideas_each=None) | Q(ideas_each__gt=0))
                & (Q(supports_each=None) | Q(supports_each__gt=0)),
                name="call_limits_leave_something",
                violation_error_message="A limit is at least 1. Leave it empty for no limit.",
            ),
        ),
        migrations.RunPython(phases_from_dates, dates_from_phases),
    ]
