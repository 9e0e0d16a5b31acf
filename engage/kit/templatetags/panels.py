"""Printing what higher apps show on a lower app's page: `{% show_panel panel %}`."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString

from engage.kit.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context: RequestContext, panel: Panel) -> SafeString:
    """The panel's template with its own context on top of the page's."""
    shown = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
    with context.update(panel.context):
        return shown.render(context)
