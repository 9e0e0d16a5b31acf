import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0002_front_door"),
        ("ideas", "0007_calls_without_dates_of_their_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="CallMoney",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls_fed",
                        to="budgets.budget",
                        verbose_name="budget",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="money",
                        to="ideas.call",
                        verbose_name="call for ideas",
                    ),
                ),
            ],
            options={
                "verbose_name": "money for a call",
                "verbose_name_plural": "money for calls",
                "ordering": ["call_id", "budget__place__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "budget"),
                        name="call_fed_once_by_a_budget",
                        violation_error_message="This budget feeds this call already.",
                    )
                ],
            },
        ),
    ]
