"""The few inline scripts that Wagtail's own widgets write, let through one by one.

Wagtail's admin starts date pickers, choosers and lists of sub-forms with a line of inline script each. Instead of
allowing every inline script below /admin/, those that are nothing but a call of one of Wagtail's initialisers with
plain data get the response's nonce, which the policy allows. Anything else that found its way into a page stays
without, and does not run.
"""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP

# JSON and nothing else, as json.dumps or Django's escapejs write it: no call, no name, no end of a tag inside.
_STRING = r'"(?:[^"\\<\n]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"'
_DATA = rf"(?:{_STRING}|true|false|null|[-\s,:{{}}\[\]\d.])*"
_INITIALISERS = r"init(?:Date|Time|DateTime)Chooser|createTaskChooser|new [A-Za-z.]*Chooser"
_PANELS = r"new (?:InlinePanel|MultipleChooserPanel)"
_KNOWN = re.compile(
    rf"""<script>(?P<body>\s*(?:
        (?:{_INITIALISERS})\({_DATA}\);?
      | \(function\(\)\s*\{{\s*var\ panel\ =\ {_PANELS}\(JSON\.parse\({_STRING}\)\);\s*\}}\)\(\);
    )\s*)</script>""".replace("new ", r"new\ "),
    re.VERBOSE,
)


def let_known_scripts_run(request: HttpRequest, response: HttpResponse) -> None:
    """Give the response's nonce to the inline scripts that are known. Changes the response's content in place."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    html = response.content.decode(response.charset)
    if "<script>" not in html:
        return
    nonce = str(request._csp_nonce)  # type: ignore[attr-defined]  # made by Django's CSP middleware
    known = _KNOWN.sub(rf'<script nonce="{nonce}">\g<body></script>', html)
    if known != html:
        response.content = known.encode(response.charset)


def widened(policy: dict[str, list[str]]) -> dict[str, list[str]]:
    """The site's policy with what the admin needs as well: those scripts, style attributes, and its own previews."""
    return {
        **policy,
        "script-src": [CSP.SELF, CSP.NONCE],
        "style-src-attr": [CSP.UNSAFE_INLINE],
        "img-src": [CSP.SELF, "data:", "blob:"],
        "frame-src": [CSP.SELF],
        "frame-ancestors": [CSP.SELF],
    }
