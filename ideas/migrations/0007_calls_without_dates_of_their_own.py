"""The two dates that are phases now. Going back fills them from the phases, in the migration before."""

from datetime import UTC, datetime

from django.db import migrations, models

# For the moment between the two migrations on the way back.
NEVER, AFTER = datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0006_calls_live_by_their_phases")]

    operations = [
        migrations.RemoveConstraint(model_name="call", name="call_closes_after_it_opens"),
        migrations.AlterField(
            model_name="call",
            name="opens_at",
            field=models.DateTimeField(verbose_name="opens", default=NEVER),
        ),
        migrations.AlterField(
            model_name="call",
            name="closes_at",
            field=models.DateTimeField(verbose_name="closes", default=AFTER),
        ),
        migrations.RemoveField(model_name="call", name="opens_at"),
        migrations.RemoveField(model_name="call", name="closes_at"),
    ]
