"""Where moderators keep blocks: who cannot post, why, until when, and who objects."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy

from engage.kit.staff import AddByVerb, EditByVerb, OnlyThese, VerbViewSet
from engage.residents.forms import BlockForm, EndBlockForm
from engage.residents.models import Block

register_permission_policy(
    Block, OnlyThese(Block, view="view_block", add="block_resident", change="block_resident")
)


def state_words(block: Block) -> str:
    """What a moderator should know of it at a glance."""
    if block.lifted_at is not None:
        return _("Ended early")
    if block.ends_at <= timezone.now():
        return _("Over")
    return _("Running, objection waits for an answer") if block.waits_for_answer else _("Running")


class BlockFilter(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        method="by_state",
        choices=[("running", gettext_lazy("Running")), ("objected", gettext_lazy("Objection waits"))],
    )
    resident = django_filters.NumberFilter(
        label=gettext_lazy("Number of the resident"), field_name="resident_id"
    )

    class Meta:
        model = Block
        fields: list[str] = []

    def by_state(self, blocks: QuerySet[Block], name: str, state: str) -> QuerySet[Block]:
        if state == "objected":
            return blocks.filter(objected_at__isnull=False, answered_at=None)
        return Block.objects.running(timezone.now()) & blocks


class AddBlock(AddByVerb):
    """For the resident whose number the address carries, if it does."""

    def get_form_kwargs(self) -> dict[str, Any]:
        number = self.request.GET.get("resident", "")
        initial = {"number": number} if number.isdecimal() else {}
        return super().get_form_kwargs() | {"initial": initial}


class EndBlock(EditByVerb):
    template_name = "residents/staff/block.html"


class BlockViewSet(VerbViewSet):
    model = Block
    form_class = BlockForm
    add_view_class = AddBlock
    edit_view_class = EndBlock
    filterset_class = BlockFilter
    name = "blocks"
    icon = "no-view"
    menu_label = gettext_lazy("Blocks")
    menu_order = 296
    add_to_admin_menu = True
    list_display = [
        "resident",
        Column("number", label=gettext_lazy("Number"), accessor="resident_id"),
        "reason",
        "starts_at",
        "ends_at",
        "by",
        Column("state", label=gettext_lazy("State"), accessor=state_words),
    ]
    ordering = ["-starts_at"]
    list_per_page = 40

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return EndBlockForm if for_update else BlockForm


block_viewset = BlockViewSet()
