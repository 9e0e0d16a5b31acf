"""The pages editors write: home, standard pages, news."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from cms import queries
from cms.blocks import HomeStream, PageStream
from engage.kit.fields import BodyField
from engage.kit.pages import BasePage


class HomePage(BasePage):
    body = BodyField(HomeStream(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # The opening block carries the page's one main heading; without it the title does.
        opening = any(block.block_type == "hero" for block in self.body)
        return super().get_context(request, *args, **kwargs) | {"opening": opening}


class StandardPage(BasePage):
    body = BodyField(PageStream(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        below = StandardPage.objects.child_of(self).live().in_menu().defer("body")
        return super().get_context(request, *args, **kwargs) | {
            "below": [
                {"url": page.get_url(request), "title": page.title, "summary": page.summary} for page in below
            ]
        }


class NewsIndexPage(BasePage):
    content_panels = BasePage.content_panels
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    template = "cms/news_index_page.html"
    per_page = 12

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = NewsPage.objects.child_of(self).live().order_by("-published_on", "-id").defer("body")
        number = Paginator(pages, self.per_page).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "page_of_news": number,
            "news": queries.news_cards(number.object_list, request),
        }


class NewsPage(BasePage):
    published_on = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who cannot see it: one sentence that says what matters in the picture."),
    )
    body = BodyField(PageStream(), verbose_name=_("body"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("published_on"),
    ]
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "cms/news_page.html"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image_alt:
            raise ValidationError(
                {"image_alt": _("Say what the picture shows, for people who cannot see it.")}
            )
