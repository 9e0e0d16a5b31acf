"""What follows: `migrate` sets up a site, and a changed setting, menu or page is seen on every page at once."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.actions import move_site, note_page_before_election, set_up_site
from cms.context import forget_frame
from cms.models import Brand, Menu, MenuItem, Notice
from engage.audit.models import Source
from engage.kit.pages import BasePage


@receiver(post_migrate, dispatch_uid="set up site")
def set_up_site_once(sender: AppConfig, **kwargs: Any) -> None:
    """After the last app, when Wagtail's tables and every permission are there."""
    last = [config for config in apps.get_app_configs() if config.models_module is not None][-1]
    if sender.label == last.label:
        set_up_site()
        move_site(address=settings.SITE_URL)


@receiver(post_save, dispatch_uid="frame changed")
@receiver(post_delete, dispatch_uid="frame lost something")
def frame_changed(sender: type[Model], **kwargs: Any) -> None:
    if sender in {Brand, Menu, MenuItem, Notice, Site, Source}:
        transaction.on_commit(forget_frame)


@receiver([page_published, page_unpublished, post_page_move], dispatch_uid="pages changed")
def pages_changed(sender: type[Model], **kwargs: Any) -> None:
    transaction.on_commit(forget_frame)


@receiver(page_published, dispatch_uid="page before an election")
def page_is_out(instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    """Whoever pressed the button, or wrote what the clock let out."""
    if instance.live and isinstance(instance, BasePage):
        by = get_active_log_context().user or (revision.user if revision else None)
        note_page_before_election(page=instance, by=by, at=timezone.now())
