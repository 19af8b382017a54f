"""How gunicorn serves the app: read by itself where gunicorn is started, from this folder."""

import os
from typing import Any

from coproduction.counting_together import begin_counting
from coproduction.environment import one_of
from coproduction.logs import logging_of

_host = os.environ.get("HOST", "127.0.0.1")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# What a worker may hoard is let go of now and then. Not often: a kept page takes a third of a
# millisecond, and starting anew a second.
max_requests = 100_000
max_requests_jitter = 10_000
# What is made is its owner's alone: the database, kept mail, uploaded files.
umask = 0o077
# Whom to believe is said once, by BEHIND_PROXY, for every server; see coproduction/proxies.py.
secure_scheme_headers: dict[str, str] = {}
# No second way in beside signals: it would stand in a home folder, one for every installation.
control_socket_disable = True
# No access log: it would keep people's addresses and the codes of their receipts. LOG_REQUESTS has
# the app tell of each request by the name of its page.
accesslog = None
# What gunicorn itself says goes the app's way: it would quote addresses, and what exceptions say.
logconfig_dict = logging_of(
    level=os.environ.get("LOG_LEVEL", "INFO"),
    as_json=bool(one_of("LOG_FORMAT", ("text", "json"), "text")),
)


def on_starting(server: Any) -> None:
    """Count from nothing; say what would lead in a circle: every page sent on to https."""
    begin_counting()
    https = os.environ.get("SITE_URL", "").startswith("https:")
    if https and not os.environ.get("BEHIND_PROXY") and not server.cfg.certfile:
        server.log.warning("SITE_URL begins with https: set BEHIND_PROXY=1, see docs/nginx.conf.")
