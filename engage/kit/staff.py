"""Back-office views whose forms end in a verb instead of a plain save.

The form has `do(by=…)`, which calls the verb and answers the thing; what the verb refuses becomes the form's error.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from engage.kit.decisions import Refused
from engage.kit.forms import add_refusal


class EndsInVerb:
    """For create and edit views. The page's own history shows who did it, beside the record of the verb."""

    log_action = ""

    def save_instance(self) -> Model:
        saved = self.form.do(by=self.request.user)  # type: ignore[attr-defined]
        log(instance=saved, action=self.log_action, user=self.request.user)  # type: ignore[attr-defined]
        return saved

    def form_valid(self, form: ModelForm) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Refused as refused:
            add_refusal(form, refused)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response = self.form_invalid(form)  # type: ignore[attr-defined]
            response.status_code = refused.denied.status
            return response


class OnlyThese(ModelPermissionPolicy):
    """The admin's actions on a model, each by the permission that the verb asks for; all others are nobody's."""

    def __init__(self, model: type[Model], **codenames: str) -> None:
        super().__init__(model)
        self.codenames = codenames

    def _get_permission_codename(self, action: str) -> str:
        return self.codenames.get(action, "nobody")

    def user_has_permission(self, user: Any, action: str) -> bool:
        app = self.model._meta.app_label
        return action in self.codenames and user.has_perm(f"{app}.{self.codenames[action]}")


class AddByVerb(EndsInVerb, generic.CreateView):
    log_action = "wagtail.create"


class EditByVerb(EndsInVerb, generic.EditView):
    log_action = "wagtail.edit"


class RemoveByVerb(generic.DeleteView):
    """`remove(thing, by)` is the verb."""

    def remove(self, thing: Any, by: Any) -> None:
        raise NotImplementedError

    def delete_action(self) -> None:
        self.remove(self.object, self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refused as refused:
            messages.error(self.request, str(refused.denied.reason))
            return self.render_to_response(self.get_context_data(), status=refused.denied.status)


class ListInOneQuery(generic.IndexView):
    """Fetches the things that a listed column names along with the rows."""

    def get_base_queryset(self) -> QuerySet[Any]:
        related = {field.name for field in self.model._meta.fields if field.is_relation}
        named = [name for name in self.list_display if name in related]
        found = super().get_base_queryset()
        return found.select_related(*named) if named else found


class VerbViewSet(ModelViewSet):
    """A list, an add form and an edit form for one model. `form_class` is the form with the verb."""

    form_class: type[ModelForm]
    index_view_class = ListInOneQuery
    add_view_class = AddByVerb
    edit_view_class = EditByVerb
    copy_view_enabled = False
    inspect_view_enabled = False

    @cached_property
    def url_namespace(self) -> str:
        """Not the bare name, which the app's public pages already go by."""
        return f"staff_{self.name}"

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return self.form_class
