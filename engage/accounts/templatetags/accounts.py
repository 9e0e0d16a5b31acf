"""Small helps for allauth's forms on our pages."""

from collections.abc import Iterator

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.forms.boundfield import BoundField

register = template.Library()


@register.filter
def plain_fields(form: BaseForm) -> Iterator[BoundField]:
    """The form's fields without placeholders: they repeat the label, are hard to read and go when you type."""
    for field in form:
        field.field.widget.attrs.pop("placeholder", None)
        yield field


@register.filter
def error_links(form: BaseForm) -> list[dict[str, str]]:
    """What is wrong, each with a link to where to mend it, as the error summary wants it."""
    links = []
    for name, errors in form.errors.items():
        target = "" if name == NON_FIELD_ERRORS else f"#{form[name].id_for_label}"
        links += [{"text": str(error), "href": target} for error in errors]
    return links
