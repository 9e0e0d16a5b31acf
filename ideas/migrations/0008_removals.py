import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0007_calls_without_dates_of_their_own"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("abuse", "Rude or hateful"),
                            ("private", "Says private things about somebody"),
                            ("spam", "Advertising"),
                            ("off_topic", "Not about the idea"),
                            ("other", "Something else"),
                            ("first_post", "First thing this person posted"),
                            ("links", "Many links"),
                            ("rate", "Many posts in a short time"),
                        ],
                        max_length=12,
                        verbose_name="rule",
                    ),
                ),
                ("reason", models.CharField(max_length=2000, verbose_name="reason")),
                ("removed_at", models.DateTimeField(verbose_name="removed")),
                ("status_before", models.CharField(blank=True, max_length=10, verbose_name="status before")),
                ("restored_at", models.DateTimeField(null=True, verbose_name="put back")),
                (
                    "idea",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="removals",
                        to="ideas.idea",
                        verbose_name="idea",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="removals",
                        to="ideas.comment",
                        verbose_name="comment",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="removed by",
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "removal",
                "verbose_name_plural": "removals",
                "ordering": ["-removed_at", "-id"],
                "indexes": [models.Index(fields=["-removed_at", "-id"], name="removal_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(restored_at=None),
                        fields=("idea", "comment"),
                        name="removed_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="flag", name="flag_raised_once"),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(
                condition=Q(raised_by__isnull=False),
                fields=("idea", "comment", "raised_by"),
                name="flag_by_a_person_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="flag",
            constraint=models.UniqueConstraint(
                condition=Q(settled_at=None, source__in=["first_post", "links", "rate"]),
                fields=("idea", "comment", "source"),
                name="flag_by_a_rule_once",
                nulls_distinct=False,
            ),
        ),
    ]
