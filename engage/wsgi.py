"""Pages only, for sites large enough to serve WebSockets from a process of their own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engage.settings")
application = get_wsgi_application()

from engage.kit.checks import refuse_to_start  # noqa: E402

refuse_to_start()
