"""An editor's words around the list of councillors and around each councillor's page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from engage.councillors.models.councillor import Councillor
from engage.kit.pages import FramePage


class CouncillorsPage(FramePage):
    door = "/councillors/"
    is_creatable = True
    max_count = 1
    subpage_types = ["councillors.CouncillorPage"]

    class Meta:
        verbose_name = _("front door of the councillors")
        verbose_name_plural = _("front doors of the councillors")


class CouncillorPage(FramePage):
    """What a councillor has to say beyond their statement. Its address is the councillor's."""

    councillor = models.OneToOneField(
        Councillor, verbose_name=_("councillor"), on_delete=models.PROTECT, related_name="page"
    )

    content_panels = [FieldPanel("councillor"), *FramePage.content_panels]
    is_creatable = True
    parent_page_types = ["councillors.CouncillorsPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("words about a councillor")
        verbose_name_plural = _("words about councillors")

    def frame_address(self) -> str:
        return self.councillor.get_absolute_url()
