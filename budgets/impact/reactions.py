"""What follows: `migrate` adds the values and rates that come with the product, where they are not there yet."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from budgets.impact.imports import add_shipped


@receiver(post_migrate, dispatch_uid="add proxies and rates")
def add_proxies_and_rates(sender: AppConfig, **kwargs: Any) -> None:
    if sender.label == "impact":
        add_shipped()
