import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0005_groups_are_claimed"),
        ("kit", "0002_frame_page"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantsPage",
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
                "verbose_name": "front door of the grants",
                "verbose_name_plural": "front doors of the grants",
            },
            bases=("kit.framepage",),
        ),
    ]
