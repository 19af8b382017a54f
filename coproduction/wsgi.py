"""What a web server loads to run the app."""

import os

from django.core.wsgi import get_wsgi_application

from coproduction.backup.unfinished import begin_serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduction.settings")
application = get_wsgi_application()
# Nothing half restored is served.
begin_serving()
