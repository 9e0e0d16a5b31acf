from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0003_principles_are_edited_with_their_scheme"),
    ]

    operations = [
        migrations.AddField(
            model_name="paymentrun",
            name="exported_at",
            field=models.DateTimeField(null=True, verbose_name="bank file last taken out"),
        ),
    ]
