"""What a web server loads to run the app."""

import logging
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from coproduction.backup.unfinished import begin_serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
application = get_wsgi_application()
# Nothing half restored is served.
begin_serving()
# Said once, where it can be read: what a page says that fails for it is kept out of the log.
if not settings.DEBUG and not Path(settings.STATIC_ROOT, "staticfiles.json").exists():
    logging.getLogger(__name__).error(
        "No page opens: first run manage.py collectstatic --noinput, then start again."
    )
