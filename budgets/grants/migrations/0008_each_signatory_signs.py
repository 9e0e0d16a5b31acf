"""Two people sign an agreement, each from an account of their own, known by their email address."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower

# Whoever led the group signed for both until now.
SIGNED_THEN = "UPDATE grants_agreement SET first_at = signed_at"
OWN_ADDRESS = """
UPDATE grants_signatory AS later SET email = ''
WHERE email <> '' AND EXISTS (
    SELECT 1 FROM grants_signatory AS first
    WHERE first.organisation_id = later.organisation_id AND lower(first.email) = lower(later.email) AND first.id < later.id
)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0007_money_asked_back_and_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="agreement", name="agreement_signed_by_two"),
        migrations.RenameField(model_name="agreement", old_name="signed_name", new_name="first_name"),
        migrations.RenameField(model_name="agreement", old_name="signed_by", new_name="first_by"),
        migrations.AddField(
            model_name="agreement",
            name="first_at",
            field=models.DateTimeField(null=True, verbose_name="first signed"),
        ),
        migrations.RunSQL(SIGNED_THEN, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="agreement",
            name="first_at",
            field=models.DateTimeField(verbose_name="first signed"),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="second_name",
            field=models.CharField(blank=True, max_length=120, verbose_name="and by"),
        ),
        migrations.AddField(
            model_name="agreement",
            name="second_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="signed_at",
            field=models.DateTimeField(null=True, verbose_name="signed by both"),
        ),
        migrations.AlterModelOptions(
            name="agreement",
            options={
                "ordering": ["-first_at"],
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_name", ""), _negated=True),
                    models.Q(("first_name", models.F("second_name")), _negated=True),
                ),
                name="agreement_signed_by_two",
                violation_error_message="Two different people must sign for the group.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_by", None),
                    ("second_by", None),
                    models.Q(("first_by", models.F("second_by")), _negated=True),
                    _connector="OR",
                ),
                name="agreement_signed_from_two_accounts",
                violation_error_message="Each person signs from an account of their own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second_by", None), ("second_name", ""), ("signed_at", None)),
                    models.Q(models.Q(("second_name", ""), _negated=True), ("signed_at__isnull", False)),
                    _connector="OR",
                ),
                name="agreement_signed_by_one_or_both",
            ),
        ),
        migrations.RunSQL(OWN_ADDRESS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                models.F("organisation"),
                Lower("email"),
                condition=models.Q(("email", ""), _negated=True),
                name="signatory_has_own_email",
                violation_error_message="Each person signs with an email address of their own.",
            ),
        ),
    ]
