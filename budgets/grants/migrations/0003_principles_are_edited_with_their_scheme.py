import django.db.models.deletion
import modelcluster.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("grants", "0002_payments_once_and_why")]

    operations = [
        migrations.AlterField(
            model_name="principle",
            name="scheme",
            field=modelcluster.fields.ParentalKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="principles", to="grants.scheme"
            ),
        ),
    ]
