"""What only a course is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class WeekBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    aim = blocks.TextBlock(
        label=_("What people will be able to do after it"), rows=2, required=False, max_length=300
    )

    class Meta:
        label = _("Week")
        icon = "calendar"
        template = "academy/blocks/week.html"
        description = _("The title and aim of one week. The first is week 1.")
        preview_value = {
            "title": _("Who does what"),
            "aim": _("Say which council looks after your road, your bins and your school."),
        }


class WeeksStream(blocks.StreamBlock):
    week = WeekBlock()

    class Meta:
        preview_value = [("week", {"title": _("Who does what"), "aim": ""})]
