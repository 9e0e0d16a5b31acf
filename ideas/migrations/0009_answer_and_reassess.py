import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

STATUSES = [
    ("open", "Gathering support"),
    ("assessing", "Being looked at"),
    ("ballot", "Goes to the vote"),
    ("accepted", "Going ahead"),
    ("done", "Done"),
    ("declined", "Not going ahead"),
    ("withdrawn", "Withdrawn by its author"),
    ("removed", "Removed by a moderator"),
    ("merged", "Joined with another idea"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0008_removals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="changed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AlterField(
            model_name="idea",
            name="status",
            field=models.CharField(
                choices=STATUSES, db_index=True, default="open", max_length=10, verbose_name="status"
            ),
        ),
        migrations.AlterField(
            model_name="statuschange",
            name="status",
            field=models.CharField(choices=STATUSES, max_length=10, verbose_name="status"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assessment",
            trigger=pgtrigger.compiler.Trigger(
                name="reassessed_by_another",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.reassesses_id IS NOT NULL AND NEW.answered_by_id IS NOT NULL)",
                    func="\n                    IF EXISTS (\n                        SELECT FROM ideas_assessment first\n                        WHERE first.id = NEW.reassesses_id AND first.answered_by_id = NEW.answered_by_id\n                    ) THEN\n                        RAISE EXCEPTION 'Whoever answered an idea does not decide about the appeal against it'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'reassessed_by_another';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="272a8cf2d0f8f3d6a1d1f39b8245046625b8afc0",
                    operation='INSERT OR UPDATE OF "answered_by_id", "reassesses_id"',
                    pgid="pgtrigger_reassessed_by_another_a19ba",
                    table="ideas_assessment",
                    when="BEFORE",
                ),
            ),
        ),
    ]
