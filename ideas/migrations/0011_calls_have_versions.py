from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0010_what_people_say"),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
    ]
