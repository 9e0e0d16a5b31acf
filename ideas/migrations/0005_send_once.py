from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ideas", "0004_complete_ideas")]

    operations = [
        migrations.AlterModelOptions(
            name="idea",
            options={
                "ordering": ["-suggested_at", "-id"],
                "permissions": [
                    ("change_idea_status", "Can change the status of ideas"),
                    ("enter_for_resident", "Can enter ideas for residents"),
                ],
                "verbose_name": "idea",
                "verbose_name_plural": "ideas",
            },
        ),
        migrations.AddField(
            model_name="idea",
            name="sent_from",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
