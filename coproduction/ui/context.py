"""What every page knows of the site: nothing of the person reading."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Give templates the site's address, for links that leave the page."""
    return {"site_url": settings.SITE_URL}
