"""The links at the top and at the foot of every page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from cms.enums import MenuKind
from engage.kit.acts import act_choices, act_for


@register_setting(icon="list-ul", order=30)
class Menu(BaseSiteSetting, ClusterableModel):
    """Without any item of a kind, the front doors that exist are shown instead."""

    panels = [
        InlinePanel(
            "items",
            heading=_("Links"),
            label=_("link"),
            help_text=_("In the order shown. Leave all out to show the site's own sections."),
        )
    ]

    class Meta:
        verbose_name = _("menus")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class MenuItem(Orderable):
    menu = ParentalKey(Menu, related_name="items", on_delete=models.CASCADE)
    kind = models.CharField(_("where"), max_length=10, choices=MenuKind.choices, default=MenuKind.MAIN)
    text = models.CharField(
        _("words"), max_length=60, blank=True, help_text=_("Empty: the title of what it leads to.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("a page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    act = models.CharField(
        _("or something to do here"), max_length=40, choices=act_choices, blank=True, default=""
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("text")]),
        FieldRowPanel([FieldPanel("page"), FieldPanel("act")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("menu link")
        verbose_name_plural = _("menu links")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.act):
            raise ValidationError(
                {"page": _("Choose where the link leads: a page, or something to do here. One of the two.")}
            )

    @property
    def words(self) -> str:
        act = act_for(self.act)
        return self.text or (self.page.title if self.page else str(act.label) if act else "")

    @property
    def url(self) -> str:
        """Empty while the page is not published or nothing answers."""
        if self.page:
            return (self.page.specific_deferred.url or "") if self.page.live else ""
        act = act_for(self.act)
        return act.url if act else ""
