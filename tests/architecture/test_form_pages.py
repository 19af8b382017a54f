"""Every page that is only a form says where one is, and has a way out that keeps nothing."""

import re

import pytest
from django.urls import reverse

from coproduction.projects.access import CAPABILITIES
from tests.architecture.walk import ADDRESSES

FORM = re.compile(r'<form[^>]*\bclass="form".*?</form>', re.DOTALL)
CANCEL = re.compile(r'<a\s[^>]*href="(/[^"]+)"\s*>Cancel</a>')
# A place of its own in the menu, which shows what it holds: there is nowhere to go back to.
PLACES = {"projects:settings_page"}
CRUMB = re.compile(r'<nav class="crumbs".*?<a href="(/[^"]+)"', re.DOTALL)

pytestmark = pytest.mark.once


def test_each_has_the_way_back_and_a_way_out(worlds, ask, say) -> None:
    wrong, forms = [], 0
    for address in ADDRESSES:
        if address.access not in CAPABILITIES or address.name in PLACES:
            continue
        user = worlds.ours.by_role[min(CAPABILITIES[address.access])]
        url = address.url(worlds.ours.kwargs(address.name))
        page = ask(user, "GET", url)
        if "ui/form_page.html" not in {each.name for each in page.templates}:
            continue
        form = FORM.search(page.text)
        if form is None:
            continue
        forms += 1
        out = CANCEL.search(form[0])
        if not out or out[1] == url:
            wrong.append(f"{address.name}: no Cancel")
        elif ask(user, "GET", out[1].partition("#")[0]).status_code not in {200, 302}:
            wrong.append(f"{address.name}: Cancel leads to {out[1]}, which is no page")
        if address.is_team and not CRUMB.search(page.text):
            wrong.append(f"{address.name}: no crumbs")
    assert not wrong, "\n".join(wrong)
    assert forms > 30
    say(f"{forms} forms have a way back and a way out")


def test_a_form_about_the_group_keeps_the_ways_around_the_group(worlds, ask) -> None:
    page = ask(worlds.ours.coordinator, "GET", reverse("steering:meeting_new", args=["bryn"])).text
    assert page.index('class="tabs"') < page.index('class="crumbs"') < page.index("<h1")
