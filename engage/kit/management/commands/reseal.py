"""manage.py reseal: seal every secret in the database with the first of FIELD_KEYS, so that an old key can go."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model

from engage.kit.progress import track
from engage.kit.secrets import MarkField, SecretField, mark


class Command(BaseCommand):
    help = (
        "Seals every secret in the database with the first of FIELD_KEYS. Doing it twice does no harm. Ends with 1, and"
        " says how many, when there are secrets that none of the keys opens."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        sealed = closed = 0
        for model in apps.get_models():
            names = [field.attname for field in model._meta.concrete_fields if isinstance(field, SecretField)]
            rows = list(model._base_manager.order_by("pk").values_list("pk", flat=True)) if names else []
            for pk in track(rows, f"Sealing {model._meta.verbose_name_plural}"):
                done = _reseal(model, pk, names)
                sealed, closed = sealed + done, closed + (not done)
        self.stdout.write(f"Sealed {sealed:,} rows with the first key.")
        if closed:
            raise CommandError(
                f"{closed:,} rows cannot be opened: put the key that sealed them into FIELD_KEYS."
            )


@transaction.atomic
def _reseal(model: type[Model], pk: int, names: list[str]) -> bool:
    """Reading opens with any key, writing seals with the first. False when no key opens it; then it stays as it is."""
    try:
        found = model._base_manager.select_for_update().filter(pk=pk).values(*names).get()
    except ValueError:
        return False
    made = [field for field in model._meta.concrete_fields if isinstance(field, MarkField)]
    anew = {field.attname: mark(*(found[name] for name in field.of)) for field in made}
    model._base_manager.filter(pk=pk).update(**found, **anew)
    return True
