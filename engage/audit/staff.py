"""The record as auditors read it: newest first, by event, person, thing and day, and as a spreadsheet."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from engage.audit.models import Record


def event_words(record: Record) -> str:
    """`IDEA_SUPPORTED` → `Idea supported`."""
    return record.event.replace("_", " ").capitalize()


def thing_words(record: Record) -> str:
    """`ideas.idea`, 12 → `idea 12`: the kind and number that its own pages show."""
    return f"{record.subject_type.split('.')[-1]} {record.subject_id}"


def actor_words(record: Record) -> str:
    """By number, and by name while there is an account of that number."""
    if record.actor_id is None:
        return str(_("the site itself"))
    name = record.actor.get_full_name() if record.actor else ""
    return f"{_('account')} {record.actor_id}" + (f" ({name})" if name else "")


def detail_words(record: Record) -> str:
    return ", ".join(f"{name}: {value}" for name, value in record.data.items())


def _choices(field: str) -> Any:
    """What the record holds by now; few values, so they can be listed."""
    return lambda: [
        (value, value) for value in Record.objects.order_by(field).values_list(field, flat=True).distinct()
    ]


class RecordFilter(WagtailFilterSet):
    event = django_filters.ChoiceFilter(label=_("What happened"), choices=_choices("event"))
    subject_type = django_filters.ChoiceFilter(label=_("Kind of thing"), choices=_choices("subject_type"))
    subject_id = django_filters.NumberFilter(label=_("Number of the thing"))
    actor = django_filters.NumberFilter(label=_("Number of the account"), field_name="actor_id")
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = Record
        fields: list[str] = []


class RecordReport(ReportView):
    model = Record
    page_title = _("Record of what happened")
    header_icon = "history"
    permission_required = "view"
    index_url_name = "audit_record"
    index_results_url_name = "audit_record_results"
    filterset_class = RecordFilter
    default_ordering = "-id"
    columns = [
        DateColumn("at", label=_("When")),
        Column("event", label=_("What happened"), accessor=event_words),
        Column("thing", label=_("Thing"), accessor=thing_words),
        Column("actor", label=_("Who"), accessor=actor_words),
        Column("details", label=_("Details"), accessor=detail_words),
    ]
    list_export = ["at", "event", "subject_type", "subject_id", "actor_id", "data"]

    def get_queryset(self) -> QuerySet[Record]:
        # The join finds no row for an account that was closed, and then says so with None instead of an error.
        return Record.objects.select_related("actor").order_by("-id")

    def get_filename(self) -> str:
        return "record"
