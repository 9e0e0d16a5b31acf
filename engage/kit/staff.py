"""Back-office views whose forms end in a verb instead of a plain save.

The form has `do(by=…)` (or `do(thing, by=…)` where the verb acts on a thing that the form does not edit), which calls
the verb and answers the thing; what the verb refuses becomes the form's error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from engage.kit.decisions import Decision, Refused, require
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


class VerbOn(WagtailAdminTemplateMixin, FormView):
    """One form that ends in one verb on one thing, beside the thing's own page. Goes back to that page."""

    template_name = "kit/staff/verb.html"
    model: type[Model] = Model
    may: Callable[[Any], Decision]
    submit_label: Any = ""
    done: Any = ""

    def desk_url(self) -> str:
        """The thing's own page."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require(self.may(request.user))
        self.thing = self.get_thing()
        return super().dispatch(request, *args, **kwargs)

    def get_thing(self) -> Any:
        return get_object_or_404(self.model, pk=self.kwargs["pk"])

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            form.do(self.thing, by=self.request.user)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(self.request, self.done % {"thing": self.thing})
        return redirect(self.desk_url())

    def refused(self, form: Any, refused: Refused) -> HttpResponse:
        add_refusal(form, refused)
        response = self.form_invalid(form)
        response.status_code = refused.denied.status
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("Nothing was saved. Look at what is marked below."))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_page_title(self) -> str:
        return str(self.submit_label)

    def get_page_subtitle(self) -> str:
        return str(self.thing)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.desk_url(), "label": str(self.thing)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "thing": self.thing,
            "action_url": self.request.get_full_path(),
            "submit_button_label": self.submit_label,
            "submit_button_active_label": gettext_lazy("Saving…"),
            "media": context["form"].media,
        }


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
