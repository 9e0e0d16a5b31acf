"""What follows: `migrate` brings the roles up to date; the operator's own superusers need no email check."""

from typing import Any

from allauth.account.models import EmailAddress
from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate, post_save
from django.dispatch import receiver

from engage.accounts.models import Account
from engage.accounts.roles import sync_roles


@receiver(post_migrate, dispatch_uid="sync roles")
def sync_roles_once(sender: AppConfig, **kwargs: Any) -> None:
    """After the last app, when every permission exists and Wagtail's tables are there."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label:
        sync_roles()


@receiver(post_save, sender=Account, dispatch_uid="superusers are known")
def trust_superuser(sender: type[Account], instance: Account, created: bool, **kwargs: Any) -> None:
    """Made on the server's command line, so whoever has the server vouches for the address."""
    if created and instance.is_superuser and not kwargs.get("raw"):
        EmailAddress.objects.get_or_create(
            user=instance, email=instance.email, defaults={"verified": True, "primary": True}
        )
