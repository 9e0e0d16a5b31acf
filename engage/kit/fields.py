"""Fields that pages share."""

from typing import Any

from django import forms
from wagtail.blocks import BlockField
from wagtail.fields import StreamField


class _AsItWas(forms.BoundField):
    @property
    def data(self) -> Any:
        given = self.form.data, self.form.files, self.html_name
        return self.initial if self.field.widget.value_omitted_from_data(*given) else super().data


class BodyFormField(BlockField):
    """A body that the browser sends nothing of stays as it was.

    Its boxes are drawn by a script; where that did not load, the rest of the form can still be saved.
    """

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        return _AsItWas(form, self, field_name)


class BodyField(StreamField):
    """A StreamField whose migrations do not spell out its blocks.

    What is stored is JSON whatever the blocks are; writing every block and every help text into migrations would
    ask each app with pages for a new migration whenever a word of one shared block changes.
    """

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": BodyFormField} | kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
