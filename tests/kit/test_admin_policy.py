"""Which inline scripts of the admin run: Wagtail's known beginnings with plain data, and nothing else."""

import json

import pytest
from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from engage.kit.admin_policy import let_known_scripts_run

NONCE = "n0nce"


def sent(html: str, content_type: str = "text/html; charset=utf-8") -> str:
    request = RequestFactory().get("/admin/")
    request._csp_nonce = NONCE
    response = HttpResponse(html, content_type=content_type)
    let_known_scripts_run(request, response)
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "widget",
    [
        AdminDateInput,
        AdminTimeInput,
        AdminDateTimeInput,
        AdminPageChooser,
        AdminDocumentChooser,
        AdminImageChooser,
    ],
)
def test_wagtails_own_widgets_run(widget):
    """Rendered by the Wagtail that is installed, so an update that writes them another way fails here."""

    class Form(forms.Form):
        when = forms.Field(widget=widget())

    html = str(Form({"when": ""})["when"])
    assert html.count("<script>") == 1
    assert f'<script nonce="{NONCE}">' in sent(html)


@pytest.mark.parametrize("panel", ["InlinePanel", "MultipleChooserPanel"])
def test_lists_of_sub_forms_run(panel):
    options = json.dumps({"formsetPrefix": "id_items", "canOrder": True}).replace('"', "\\u0022")
    script = f'(function() {{\n    var panel = new {panel}(JSON.parse("{options}"));\n}})();'
    assert NONCE in sent(f"<script>\n    {script}\n</script>")


@pytest.mark.parametrize(
    "script",
    [
        "alert(1)",
        'initDateChooser("id", alert(1));',
        'initDateChooser("id"); alert(1)',
        'new PageChooser("id", {"a": document.cookie});',
        'new PageChooser("id", `${alert(1)}`);',
        'new PageChooser("id\\x22, alert(1), \\x22", {});',
        'new PageChooser("</script><script>alert(1)", {});',
        '(function() { var panel = new InlinePanel(JSON.parse("{}")); alert(1) })();',
        "",
    ],
)
def test_nothing_else_does(script):
    html = f"<p>Hello</p><script>{script}</script>"
    assert NONCE not in sent(html)


def test_only_pages_are_looked_at():
    script = '<script>initDateChooser("id", {});</script>'
    assert NONCE in sent(script)
    assert NONCE not in sent(json.dumps({"html": script}), "application/json")
    request = RequestFactory().get("/admin/")
    let_known_scripts_run(request, StreamingHttpResponse([script], content_type="text/html"))
