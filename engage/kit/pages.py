"""The base of every Wagtail page, and of pages that frame something Django serves."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageManager, Revision
from wagtail.search import index

from engage.kit.blocks import BodyStream
from engage.kit.decisions import Allowed, Decision, Denied, require
from engage.kit.fields import BodyField

# What Wagtail's `publish_scheduled` says of itself.
BY_THE_CLOCK = "wagtail.publish.scheduled"

type Holder = Callable[[date, str], Decision]

_holders: list[Holder] = []


def holds_pages(rule: Holder) -> Holder:
    """Decorator: a higher app says here on which days pages wait, unless a reason is given (its second argument)."""
    _holders.append(rule)
    return rule


def may_go_live(day: date, why: str) -> Decision:
    denied = (decision for decision in (rule(day, why) for rule in _holders) if not decision)
    return next(denied, Allowed())


def going_live_on(go_live_at: datetime | None) -> date:
    """The day on which a page that is published now goes live."""
    return timezone.localdate(max(go_live_at or timezone.now(), timezone.now()))


class PageForm(WagtailAdminPageForm):
    """Says beside the field what publishing would be refused for, so that nothing typed is lost."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if "action-publish" in self.data:
            day = going_live_on(cleaned.get("go_live_at"))
            decision = may_go_live(day, cleaned.get("election_reason", ""))
            if isinstance(decision, Denied):
                self.add_error("election_reason", str(decision.reason))
        return cleaned


class BasePage(Page):
    """`summary` is the lead paragraph, the line in lists, and what search engines show.

    Before an election a page goes out only with a reason, by whatever door it is published.
    """

    summary = models.CharField(
        _("summary"),
        max_length=250,
        blank=True,
        help_text=_("One or two plain sentences. Shown under the title, in lists and in search results."),
    )

    election_reason = models.CharField(
        _("why it may be published before an election"),
        max_length=300,
        blank=True,
        help_text=_(
            "Only for what has to be out while an election is near, and advertises neither councillors nor what their"
            " money does: how to vote, a road that closes. Your name and this reason are recorded."
        ),
    )

    base_form_class = PageForm
    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [
        *Page.settings_panels,
        MultiFieldPanel([FieldPanel("election_reason")], heading=_("Before an election")),
    ]
    # A copy is another page: it needs a reason of its own.
    exclude_fields_in_copy = ["election_reason"]
    search_fields = [*Page.search_fields, index.SearchField("summary", boost=1.5)]

    class Meta:
        abstract = True

    def publish(self, revision: Revision, user: Any = None, log_action: Any = True, **how: Any) -> None:
        """Of the clock (`log_action` is its word) what may not go out yet is left for its next round, which comes
        back to it until the election is over."""
        decision = may_go_live(going_live_on(self.go_live_at), self.election_reason)
        if not decision and log_action == BY_THE_CLOCK:
            return
        if user is not None:
            require(decision)
        super().publish(revision, user=user, log_action=log_action, **how)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """A copy goes live without being published, so the back office is asked here too."""
        if self._state.adding and self.live and get_active_log_context().user is not None:
            require(may_go_live(timezone.localdate(), self.election_reason))
        return super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"crumbs": self.crumbs(request)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The page as it would be, and the admin may show it in a frame beside the form."""
        response = self.draft(request, mode_name)
        response._csp_config = {**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]}  # type: ignore[attr-defined]
        return response

    def draft(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return super().serve_preview(request, mode_name)

    def crumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """For the breadcrumbs component: every page above this one, then this one without an address."""
        above = self.get_ancestors().filter(depth__gt=1)
        links = [{"text": page.title, "url": page.get_url(request) or ""} for page in above]
        if links:
            links[0]["text"] = _now("Home")
        return [*links, {"text": self.title}]


class FramePage(BasePage):
    """An editor's words around something that a Django view answers: its address is the view's, not the tree's.

    A concrete type says its `door` (a fixed path), or overrides `frame_address`. The address is stored when the
    page is saved, so that the view finds its frame in one query.
    """

    body = BodyField(BodyStream(), verbose_name=_("body"), blank=True)
    address = models.CharField(max_length=250, editable=False, db_index=True, default="")

    door = ""

    objects = PageManager()

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    is_creatable = False
    template = "kit/frame_page.html"

    class Meta:
        verbose_name = _("front door")
        verbose_name_plural = _("front doors")

    def frame_address(self) -> str:
        return self.door

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.address = self.frame_address()
        return super().save(*args, **kwargs)

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        return (parts[0], parts[1], self.address) if parts and self.address else parts

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody came by the tree: send them to the address that answers."""
        return redirect(self.address)

    def draft(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return TemplateResponse(request, "kit/frame_page.html", {"page": self, "frame": self})

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None: the views' own addresses are listed by the apps."""
        return []


def frame_for(request: HttpRequest) -> FramePage | None:
    """The live page that frames the address asked for, in one query; None when no editor has made one."""
    return FramePage.objects.live().filter(address=request.path).first()
