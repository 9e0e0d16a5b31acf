"""Two groups with one bank account are told apart from two with different ones, without opening the numbers."""

from django.db import migrations

import engage.kit.secrets


def mark_those_there_are(apps, schema_editor):
    for account in apps.get_model("grants", "BankAccount").objects.iterator():
        account.save(update_fields=["mark"])


class Migration(migrations.Migration):
    dependencies = [("grants", "0008_each_signatory_signs")]

    operations = [
        migrations.AddField(
            model_name="bankaccount",
            name="mark",
            field=engage.kit.secrets.MarkField(
                db_index=True, default="", editable=False, max_length=64, of=["sort_code", "number"]
            ),
            preserve_default=False,
        ),
        migrations.RunPython(mark_those_there_are, migrations.RunPython.noop, elidable=True),
    ]
