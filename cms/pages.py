"""The pages editors write: home, standard pages, news."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Revision
from wagtail.search import index

from cms import queries
from cms.blocks import HomeStream, PageStream
from engage.councillors.permissions import may_announce_on
from engage.kit.decisions import Denied, require
from engage.kit.fields import BodyField
from engage.kit.pages import BasePage

# What Wagtail's `publish_scheduled` says of itself.
BY_THE_CLOCK = "wagtail.publish.scheduled"


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


class NewsForm(WagtailAdminPageForm):
    """Says beside the field what publishing would be refused for, so that nothing typed is lost."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data:
            day = going_live_on(cleaned.get("go_live_at"))
            decision = may_announce_on(day, why=cleaned.get("election_reason", ""))
            if isinstance(decision, Denied):
                self.add_error("election_reason", str(decision.reason))
        return cleaned


class NewsPage(BasePage):
    """Before an election news goes out only with a reason, by whatever door it is published."""

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
    election_reason = models.CharField(
        _("why it may be published before an election"),
        max_length=300,
        blank=True,
        help_text=_(
            "Only for news that has to be out while an election is near, and advertises neither councillors nor what"
            " their money does: how to vote, a road that closes. Your name and this reason are recorded."
        ),
    )

    base_form_class = NewsForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("published_on"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Picture")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("election_reason")], heading=_("Before an election"), classname="collapsed"
        ),
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

    def publish(self, revision: Revision, user: Any = None, log_action: Any = True, **how: Any) -> None:
        """Of the clock (`log_action` is its word) what may not go out yet is left for its next round, which comes
        back to it until the election is over."""
        decision = may_announce_on(going_live_on(self.go_live_at), why=self.election_reason)
        if not decision and log_action == BY_THE_CLOCK:
            return
        if user is not None:
            require(decision)
        super().publish(revision, user=user, log_action=log_action, **how)


def going_live_on(go_live_at: datetime | None) -> date:
    """The day on which a page that is published now goes live."""
    return timezone.localdate(max(go_live_at or timezone.now(), timezone.now()))
