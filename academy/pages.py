"""The Academy's pages: its front door, courses, lessons. They hold no dates, so a course is written once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.images import get_image_model
from wagtail.query import PageQuerySet
from wagtail.search import index

from academy.blocks import WeeksStream
from academy.rules.outline import Outline, Step, lay_out
from engage.kit.blocks import BodyStream
from engage.kit.fields import BodyField
from engage.kit.pages import BasePage, PageForm

CARD_PICTURE = "fill-640x400|format-webp"


class AcademyPage(BasePage):
    """The front door at /academy/: every course."""

    body = BodyField(BodyStream(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    subpage_types = ["academy.CoursePage"]
    max_count = 1
    template = "academy/academy_page.html"

    class Meta:
        verbose_name = _("academy")
        verbose_name_plural = _("academies")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "courses": course_cards(CoursePage.objects.child_of(self).order_by("path"), request)
        }


class CoursePage(BasePage):
    image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Decoration only: say everything in the words."),
    )
    audience = models.CharField(
        _("who it is for"),
        max_length=250,
        blank=True,
        help_text=_("“Anyone who lives here and has ever asked why the council did that.”"),
    )
    outcome = models.TextField(
        _("what you will be able to do"), blank=True, help_text=_("One line for each thing.")
    )
    weeks = BodyField(
        WeeksStream(),
        verbose_name=_("weeks"),
        blank=True,
        help_text=_("Title and aim of each week, in order. Lessons say which week they belong to."),
    )
    body = BodyField(BodyStream(), verbose_name=_("about the course"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("image"),
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("outcome")], heading=_("What to expect")),
        FieldPanel("weeks"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("audience"),
        index.SearchField("outcome"),
        index.SearchField("weeks"),
        index.SearchField("body"),
    ]
    parent_page_types = ["academy.AcademyPage"]
    subpage_types = ["academy.LessonPage"]
    template = "academy/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def outline(self, request: HttpRequest | None = None) -> Outline:
        """The published lessons by week, in one query."""
        lessons = LessonPage.objects.child_of(self).live().order_by("week", "path").defer("body")
        return lay_out(
            [(block.value["title"], block.value["aim"]) for block in self.weeks],
            [
                Step(page.pk, page.title, page.get_url(request) or "", page.week, page.minutes)
                for page in lessons
            ],
        )

    @property
    def outcomes(self) -> list[str]:
        return [line.strip(" -•\t") for line in self.outcome.splitlines() if line.strip(" -•\t")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"outline": self.outline(request)}


class LessonForm(PageForm):
    def clean_week(self) -> int:
        """A week the course does not have is most likely a slip."""
        week: int = self.cleaned_data["week"]
        weeks = len(self.parent_page.specific.weeks)
        if weeks and week > weeks:
            raise ValidationError(
                _("The course has %(weeks)s weeks. Choose one of them, or add a week to the course."),
                params={"weeks": weeks},
            )
        return week


class LessonPage(BasePage):
    week = models.PositiveSmallIntegerField(
        _("week"), default=1, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes to read and do"), default=15, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    body = BodyField(BodyStream(), verbose_name=_("lesson"))

    base_form_class = LessonForm

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("week"), FieldPanel("minutes")]),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["academy.CoursePage"]
    subpage_types: list[str] = []
    template = "academy/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @cached_property
    def course(self) -> CoursePage:
        return CoursePage.objects.ancestor_of(self).get()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        outline = self.course.outline(request)
        return super().get_context(request, *args, **kwargs) | {
            "course": self.course,
            "outline": outline,
            "step": outline.step(self.pk),
            "before": outline.before(self.pk),
            "after": outline.after(self.pk),
        }


def course_cards(courses: PageQuerySet, request: HttpRequest | None = None) -> list[dict[str, Any]]:
    """What the course_card component needs of these courses, in three queries however many there are."""
    pictures = get_image_model().objects.prefetch_renditions(CARD_PICTURE)
    found = list(courses.live().prefetch_related(models.Prefetch("image", pictures)))
    lessons: dict[str, list[int]] = {course.path: [] for course in found}
    for path, minutes in LessonPage.objects.live().values_list("path", "minutes"):
        lessons.get(path[: -LessonPage.steplen], []).append(minutes)
    return [
        {
            "url": course.get_url(request),
            "title": course.title,
            "summary": course.summary,
            "lessons_count": len(lessons[course.path]),
            "minutes": sum(lessons[course.path]),
            "image_url": course.image.get_rendition(CARD_PICTURE).url if course.image else "",
        }
        for course in found
    ]
