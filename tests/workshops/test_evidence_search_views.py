"""Every page that searches comments finds the same ones."""

import pytest
from django.urls import reverse

from coproduction.languages import searching
from coproduction.languages.searching import has_words
from engagements.models import Comment
from tests.cast import make_member
from tests.workshops.material import at, make_action, make_comment

SAID = [
    "Mae’r tŷ yn oer, a’r parc yn bell",
    "A skate park for the young",
    "Park the skate van elsewhere",
    "It's the bus – the No. 7 bus – that's late",
    "It’s “the park” I mean, not the car‑park",
    "100% yes",
    "a_b \\ c",
    "STRASSE und straße",
    "中文 park",
    "Zebra-crossing, please!",
]
ASKED = [
    *("tŷ", "TY", "park", "PARK skate", '"skate park"', "“the park”", "it's", "it’s bus", "bu"),
    *(
        "%",
        "_",
        "\\",
        "strasse",
        "中",
        "中文",
        "ebra",
        "crossing-",
        "zebra—crossing",
        "x" * 300,
        "!",
    ),
]


@pytest.fixture(params=[5_000, 0], ids=["read", "indexed"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the comments read one by one, or the index asked."""
    monkeypatch.setattr(searching, "SCANNED_AT_MOST", request.param)


@pytest.mark.usefixtures("_either_way")
def test_the_list_and_the_evidence_find_the_same_comments(client_of, project, facilitator) -> None:
    comments = [make_comment(project, text) for text in SAID]
    action = make_action(project)
    listing = client_of(make_member(project, "coordinator"))
    choosing = client_of(facilitator)
    address = at("evidence_choose", project, uuid=action.uuid)
    here = reverse("themes:comment_list", kwargs={"project": project.slug})
    compared = 0
    for typed in ASKED:
        wanted = [each.pk for each in comments if has_words(each.text, typed)]
        listed = listing.get(here, {"q": typed}).context["page"]
        offered = choosing.get(address, {"code": "", "words": typed}).context["page"]
        assert sorted(each.pk for each in listed) == wanted, typed
        assert [each.pk for each in offered] == wanted, typed
        assert listed.count == offered.count == len(wanted)
        compared += bool(wanted)
    assert len(ASKED) == 20
    assert compared >= 18
    # And what is cited at once is what was listed.
    sent = {"of": "comments", "code": "", "question": "", "words": '"skate park"', "all": "1"}
    choosing.post(at("evidence_cite", project, uuid=action.uuid), sent)
    cited = Comment.objects.filter(pk__in=action.evidence.values("comment"))
    assert [each.text for each in cited] == ["A skate park for the young"]
