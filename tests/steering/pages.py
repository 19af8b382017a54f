"""The group's pages as these tests open and read them."""

from django.http import HttpResponse
from django.urls import reverse


def url(name: str, **takes: object) -> str:
    """Give the address of a page of the project these tests are about."""
    return reverse(f"steering:{name}", kwargs={"project": "bryn", **takes})


def text_of(response: HttpResponse) -> str:
    """Give a page with its line breaks and spaces brought to one space each."""
    return " ".join(response.content.decode().split())
