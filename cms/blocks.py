"""Blocks that show what is in the apps today. Each asks `cms.queries` when the page is read."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import queries
from engage.kit.blocks import BodyStream, LinkBlock, PickBlock
from engage.kit.figures import figure_choices, figure_for, render_figure

LIVE = _("Live from this site")


class HeroBlock(blocks.StructBlock):
    """The first thing people see: what this is, one live figure, what to do."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=3, required=False, max_length=300)
    links = blocks.ListBlock(LinkBlock(), label=_("Buttons"), max_num=2, default=[])
    figure = blocks.ChoiceBlock(label=_("Live figure beside it"), choices=figure_choices, required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {
            "panel": render_figure(figure_for(value.get("figure") or ""))
        }

    class Meta:
        label = _("Opening")
        icon = "home"
        template = "cms/blocks/hero.html"
        description = _("The large opening of the home page, with a live figure.")
        preview_value = {
            "title": _("Your area. Your ideas. Your money."),
            "text": _("See what is left to spend near you, and say what it should do."),
            "links": [{"text": _("Suggest an idea"), "address": "https://example.org/"}],
            "figure": "left",
        }


class BudgetBlock(blocks.StructBlock):
    """The budget bar of one place or of the whole council."""

    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    place = PickBlock(
        "places.Place", label=_("Place"), required=False, help_text=_("Empty: the whole council.")
    )
    year = blocks.IntegerBlock(
        label=_("Financial year"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("The year in which it starts: 2026 for 2026–27. Empty: always the current one."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        money = queries.year_of_money(place=value.get("place"), year=value.get("year"))
        return super().get_context(value, parent_context) | {"money": money}

    class Meta:
        label = _("Budget")
        icon = "bars"
        group = LIVE
        template = "cms/blocks/budget.html"
        description = _("What is allocated, committed, spent and left, today.")
        preview_value = {"title": _("This year's money"), "place": None, "year": None}


class IdeasBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    order = blocks.ChoiceBlock(
        label=_("Which"),
        choices=[
            ("newest", _("The newest")),
            ("supported", _("The most supported that are not yet decided")),
        ],
        default="newest",
    )
    place = PickBlock("places.Place", label=_("Place"), required=False, help_text=_("Empty: everywhere."))
    theme = PickBlock("kit.Theme", label=_("Theme"), required=False, help_text=_("Empty: every theme."))
    count = blocks.IntegerBlock(label=_("How many"), default=6, min_value=1, max_value=24)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        found = queries.ideas(
            place=value.get("place"),
            theme=value.get("theme"),
            order=value.get("order") or "newest",
            count=value.get("count") or 6,
        )
        return super().get_context(value, parent_context) | {"ideas": found}

    class Meta:
        label = _("Ideas")
        icon = "pick"
        group = LIVE
        template = "cms/blocks/ideas.html"
        description = _("Ideas from residents, newest or most supported.")
        preview_value = {
            "title": _("What people want"),
            "order": "newest",
            "place": None,
            "theme": None,
            "count": 3,
        }


class AwardsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    place = PickBlock("places.Place", label=_("Place"), required=False, help_text=_("Empty: everywhere."))
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=24)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        found = queries.latest_awards(place=value.get("place"), count=value.get("count") or 3)
        return super().get_context(value, parent_context) | {"awards": found}

    class Meta:
        label = _("Latest awards")
        icon = "clipboard-list"
        group = LIVE
        template = "cms/blocks/awards.html"
        description = _("What money was given for most recently.")
        preview_value = {"title": _("What the money did"), "place": None, "count": 3}


class BudgetMapBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"map": queries.money_map()}

    class Meta:
        label = _("Map of budgets")
        icon = "site"
        group = LIVE
        template = "cms/blocks/budget_map.html"
        description = _("Every place with what is left to decide there, as a map and as a list.")
        preview_value = {"title": _("Near you")}


class CoursesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    course = blocks.PageChooserBlock(
        label=_("Course"),
        page_type="academy.CoursePage",
        required=False,
        help_text=_("Empty: every course."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"courses": queries.courses(value.get("course"))}

    class Meta:
        label = _("Course")
        icon = "openquote"
        group = LIVE
        template = "cms/blocks/courses.html"
        description = _("A course of the Academy, or all of them.")
        preview_value = {"title": _("Learn how it works"), "course": None}


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        found = queries.latest_news(count=value.get("count") or 3)
        return super().get_context(value, parent_context) | {"news": found}

    class Meta:
        label = _("Latest news")
        icon = "doc-full-inverse"
        group = LIVE
        template = "cms/blocks/news.html"
        description = _("The newest news pages.")
        preview_value = {"title": _("News"), "count": 3}


class CouncillorsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    place = PickBlock("places.Place", label=_("Place"), required=False, help_text=_("Empty: everywhere."))
    count = blocks.IntegerBlock(label=_("How many at most"), default=12, min_value=1, max_value=100)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        found = queries.serving_councillors(place=value.get("place"), count=value.get("count") or 12)
        return super().get_context(value, parent_context) | {"councillors": found}

    class Meta:
        label = _("Councillors")
        icon = "group"
        group = LIVE
        template = "cms/blocks/councillors.html"
        description = _("The councillors who serve today, with the places they serve.")
        preview_value = {"title": _("Your councillors"), "place": None, "count": 6}


class PageStream(BodyStream):
    """The body of editorial pages: everything generic, and everything live."""

    budget = BudgetBlock()
    budget_map = BudgetMapBlock()
    ideas = IdeasBlock()
    awards = AwardsBlock()
    courses = CoursesBlock()
    news = NewsBlock()
    councillors = CouncillorsBlock()

    class Meta:
        template = "kit/blocks/stream.html"


class HomeStream(PageStream):
    hero = HeroBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}}
