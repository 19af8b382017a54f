"""What a web server loads to run the app."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from coproduction.backup.unfinished import begin_serving
from coproduction.static_files import are_collected

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
application = get_wsgi_application()
# Nothing half restored is served.
begin_serving()
# Said once, where it can be read: what a page says that fails for it is kept out of the log.
if not are_collected():
    logging.getLogger(__name__).error(
        "No page opens: first run manage.py collectstatic --noinput, then start again."
    )
