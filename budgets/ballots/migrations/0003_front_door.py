import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ballots", "0002_milestones_and_guards"),
        ("kit", "0002_frame_page"),
    ]

    operations = [
        migrations.CreateModel(
            name="BallotsPage",
            fields=[
                (
                    "framepage_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="kit.framepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "front door of the ballots",
                "verbose_name_plural": "front doors of the ballots",
            },
            bases=("kit.framepage",),
        ),
    ]
