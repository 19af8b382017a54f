"""The editor's desk: writing, looking, publishing, and watching the files being made."""

import gzip
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from coproduction.jobs.models import Job
from coproduction.projects.models import User
from coproduction.projects.services.membership import add_member
from coproduction.projects.services.person import find_or_add_person
from engagements.services.withholding import withdraw_comment
from plan.models import Edition, Rendering, Section
from plan.services.section import write_section
from tests.forms import drawn
from tests.plan.story import Story, both
from tests.workshops.material import make_comment, make_theme

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
TITLE = {"title_en": "Bryn plan", "title_cy": "Cynllun Bryn"}


def test_the_desk_lists_every_text_and_how_each_stands(story: Story, client_of: ClientOf):
    html = client_of(story.editor).get("/bryn/plan/edit/").content.decode()
    assert html.count("Not written: left out") == 5
    assert html.count("Written in every language") == 2
    assert "Why “Places to play” matters" in html
    assert "Ready to publish" in html


def test_a_text_is_written_side_by_side(story: Story, client_of: ClientOf):
    client = client_of(story.editor)
    page = client.get("/bryn/plan/edit/text/?kind=thanks").content.decode()
    assert 'lang="en"' in page
    assert 'lang="cy"' in page
    sent = client.post(
        "/bryn/plan/edit/text/?kind=thanks", {"body_en": "Thank you", "body_cy": "Diolch"}
    )
    assert sent.status_code == 302
    section = Section.objects.of(story.project).get(kind="thanks")
    assert section.body.text("cy") == "Diolch"
    assert section.by == story.editor


def test_a_themes_text_is_written_and_another_projects_is_not(
    story: Story, other_project, client_of: ClientOf
):
    client = client_of(story.editor)
    elsewhere = make_theme(other_project, "Elsewhere")
    path = f"/bryn/plan/edit/text/?theme={story.theme.uuid}"
    client.post(path, drawn(client.get(path), body_en="New words", body_cy="Geiriau newydd"))
    assert Section.objects.get(theme=story.theme).body.text("en") == "New words"
    for wrong in (elsewhere.uuid, "x", story.code.uuid):
        assert client.get(f"/bryn/plan/edit/text/?theme={wrong}").status_code == 404


@pytest.mark.parametrize("query", ["", "?kind=nonsense", "?kind=theme"])
def test_a_text_that_is_not_there_leads_back(story: Story, client_of: ClientOf, query: str):
    response = client_of(story.editor).get(f"/bryn/plan/edit/text/{query}")
    assert response["Location"] == "/bryn/plan/edit/"


def test_a_text_too_long_is_refused_and_nothing_is_lost(story: Story, client_of: ClientOf):
    response = client_of(story.editor).post(
        "/bryn/plan/edit/text/?kind=foreword", {"body_en": "x" * 20_001, "body_cy": ""}
    )
    assert response.status_code == 200
    assert "xxxxxxxxxx" in response.content.decode()
    assert "20000 characters or fewer" in response.content.decode()
    assert "**met**" in Section.objects.get(kind="foreword").body.text("en")


def test_two_people_who_write_one_text_overwrite_nothing_unseen(story: Story, client_of: ClientOf):
    path = "/bryn/plan/edit/text/?kind=foreword"
    gwen = find_or_add_person(email="gwen@bryn.example", name="Gwen")
    add_member(project=story.project, user=gwen, role="editor", by=story.coordinator)
    mine, theirs = client_of(story.editor), client_of(gwen)
    first, second = mine.get(path), theirs.get(path)
    sent = drawn(second, body_en="Theirs.", body_cy="Hwythau.")
    assert theirs.post(path, sent).status_code == 302
    sent = drawn(first, body_en="Mine.", body_cy="Finnau.")
    clash = mine.post(path, sent)
    assert clash.status_code == 409
    page = clash.content.decode()
    for kept in ("Theirs.", "Hwythau.", "Mine.", "Finnau.", "Gwen changed this too"):
        assert kept in page
    assert Section.objects.get(kind="foreword").body.text("en") == "Theirs."
    assert mine.post(path, sent).status_code == 409
    assert mine.post(path, drawn(clash)).status_code == 302
    assert Section.objects.get(kind="foreword").body.text("en") == "Mine."


def test_two_languages_of_one_text_are_both_kept(story: Story, client_of: ClientOf):
    path = "/bryn/plan/edit/text/?kind=foreword"
    client = client_of(story.editor)
    first, second = client.get(path), client.get(path)
    assert client.post(path, drawn(second, body_cy="Hwythau.")).status_code == 302
    assert client.post(path, drawn(first, body_en="Mine.")).status_code == 302
    body = Section.objects.get(kind="foreword").body
    assert (body.text("en"), body.text("cy")) == ("Mine.", "Hwythau.")


def test_two_people_who_begin_one_text_overwrite_nothing_unseen(story: Story, client_of: ClientOf):
    client, path = client_of(story.editor), "/bryn/plan/edit/text/?kind=thanks"
    sent = drawn(client.get(path), body_en="Mine.", body_cy="Finnau.")
    write_section(project=story.project, kind="thanks", body=both("Theirs."), by=story.editor)
    assert "Theirs." in client.post(path, sent).content.decode()
    assert Section.objects.get(kind="thanks").body.text("en") == "Theirs."


def test_who_came_from_the_gate_goes_back_to_it(story: Story, client_of: ClientOf):
    client = client_of(story.editor)
    gate = client.get("/bryn/plan/edit/gate/").content.decode()
    assert "/bryn/plan/edit/text/?kind=thanks&amp;back=gate" in gate
    for query, back in (("&back=gate", "gate/"), ("", ""), ("&back=//evil.example", "")):
        path = f"/bryn/plan/edit/text/?kind=thanks{query}"
        sent = drawn(client.get(path), body_en=f"Thanks {back}", body_cy="Diolch")
        assert client.post(path, sent)["Location"] == f"/bryn/plan/edit/{back}"


def test_when_nothing_has_changed_since_the_last_edition_the_desk_says_so(
    story: Story, client_of: ClientOf
):
    client = client_of(story.editor)
    story.publish()
    for page in ("", "gate/"):
        html = client.get(f"/bryn/plan/edit/{page}").content.decode()
        assert "Nothing has changed since edition 1" in " ".join(html.split())
        assert "Ready to publish" not in html
    write_section(project=story.project, kind="thanks", body=both("Thanks"), by=story.editor)
    html = client.get("/bryn/plan/edit/").content.decode()
    assert "Nothing has changed" not in html
    assert "Ready to publish" in html


def test_a_text_that_did_not_arrive_empties_nothing(story: Story, client_of: ClientOf):
    response = client_of(story.editor).post("/bryn/plan/edit/text/?kind=foreword", {})
    assert "The text did not arrive. Try again." in response.content.decode()
    assert Section.objects.get(kind="foreword").body


def test_the_preview_is_stamped_and_marks_what_is_not_agreed(story: Story, client_of: ClientOf):
    story.propose("Plant trees")
    html = client_of(story.editor).get("/bryn/plan/edit/preview/").content.decode()
    assert html.count("Draft, not agreed") == 2
    assert "Plant trees" in html
    assert "Mend the swings" in html
    assert "/bryn/plan/actions/" not in html


def test_the_preview_counts_the_agreed_actions_only(story: Story, client_of: ClientOf):
    story.propose("Plant trees")
    html = client_of(story.editor).get("/bryn/plan/edit/preview/").content.decode()
    page = " ".join(strip_tags(html).split())
    assert "2 actions, agreed around one table" in page
    assert "Read the 2 actions" in page
    assert "2 actions · fewer than 10 comments" in page
    assert html.count('class="promise"') == 3


def test_the_preview_is_packed_as_the_plan_is_and_repeats_nothing_of_its_address(
    story: Story, client_of: ClientOf
):
    client, here = client_of(story.editor), "/bryn/plan/edit/preview/"
    plain, packed = (
        client.get(here, headers={"accept-encoding": accepted}) for accepted in ("identity", "gzip")
    )
    assert packed["Content-Encoding"] == "gzip"
    assert "no-store" in packed["Cache-Control"]
    assert gzip.decompress(packed.content) == plain.content
    assert b"csrf" not in plain.content
    told = client.get(f"{here}?q=swings")
    assert (told.status_code, told["Location"]) == (302, here)


@pytest.mark.parametrize("page", ["", "preview/", "gate/"])
def test_the_editors_pages_cost_the_same_however_much_is_in_the_plan(
    story: Story, client_of: ClientOf, assert_same_queries: Callable[..., None], page: str
):
    story.finish_files(story.publish())

    def agree(number: int) -> None:
        lead = story.mend.wordings.get().lead
        action = story.propose(f"Plant tree {number}", lead=lead)
        story.agree(action.wordings.get())
        comment = make_comment(story.project, f"Tree {number} is missed.")
        story.cite(action, comment)
        withdraw_comment(comment=comment, by=story.coordinator)

    assert_same_queries(client_of(story.editor), f"/bryn/plan/edit/{page}", agree, limit=25)


def test_publishing_from_the_page(story: Story, client_of: ClientOf):
    client = client_of(story.editor)
    assert "Publish edition 1 now" in client.get("/bryn/plan/edit/gate/").content.decode()
    response = client.post("/bryn/plan/edit/publish/", TITLE)
    assert response["Location"] == "/bryn/plan/edit/"
    assert Edition.objects.get().title.text("cy") == "Cynllun Bryn"
    assert "Edition 1 is published" in client.get("/bryn/plan/edit/").content.decode()


def test_nobody_publishes_what_they_have_not_seen(story: Story, client_of: ClientOf):
    client = client_of(story.editor)
    page = client.get("/bryn/plan/edit/gate/")
    write_section(project=story.project, kind="foreword", body=both("Changed"), by=story.editor)
    refused = client.post("/bryn/plan/edit/publish/", drawn(page, **TITLE))
    assert refused.status_code == 409
    assert "Something in the plan has changed" in refused.content.decode()
    assert not Edition.objects.exists()
    assert client.post("/bryn/plan/edit/publish/", drawn(refused)).status_code == 302
    # Sent again, as by a lost reply: the same edition, and nothing is refused.
    assert client.post("/bryn/plan/edit/publish/", drawn(refused)).status_code == 302
    assert Edition.objects.count() == 1


def test_the_edition_that_a_page_spoke_of_is_published_once(story: Story, client_of: ClientOf):
    client, gwen = (
        client_of(story.editor),
        find_or_add_person(email="gwen@bryn.example", name="Gwen"),
    )
    pages = [client.get("/bryn/plan/edit/gate/") for _window in range(2)]
    story.publish(by=gwen)
    sent = drawn(pages[0], title_en="Other title", title_cy="Teitl arall")
    refused = client.post("/bryn/plan/edit/publish/", sent)
    assert refused.status_code == 409
    assert "Gwen has published edition 1 meanwhile, so nothing was published." in refused.text
    assert drawn(refused)["title_en"] == ["Other title"]
    assert Edition.objects.count() == 1
    # Whoever has read that there is one can publish the next.
    assert client.post("/bryn/plan/edit/publish/", drawn(refused)).status_code == 302
    assert Edition.objects.count() == 2
    late = client.post("/bryn/plan/edit/publish/", drawn(pages[1], title_en="A third"))
    assert "You have published edition 2 already, in another window" in late.text
    assert Edition.objects.count() == 2


def test_publishing_with_something_in_the_way_lists_it(story: Story, client_of: ClientOf):
    story.agree(story.propose("Plant trees", lead=None).wordings.get())
    response = client_of(story.editor).post("/bryn/plan/edit/publish/", TITLE)
    assert response.status_code == 409
    html = response.content.decode()
    assert "nobody is named to lead it" in html
    assert "Put right what is listed" in html
    assert not Edition.objects.exists()


def test_publishing_without_a_title_or_a_welsh_one_is_told(story: Story, client_of: ClientOf):
    client = client_of(story.editor)
    empty = client.post("/bryn/plan/edit/publish/", {})
    assert "Give the plan a title." in empty.content.decode()
    half = client.post("/bryn/plan/edit/publish/", {"title_en": "Plan", "title_cy": ""})
    assert half.status_code == 409
    assert "title in every language" in half.content.decode()
    assert not Edition.objects.exists()


def test_only_an_editor_publishes(story: Story, client_of: ClientOf):
    for who in (story.chair, story.coordinator, story.analyst):
        assert client_of(who).post("/bryn/plan/edit/publish/", TITLE).status_code == 403
    assert (
        "Publish edition 1 now"
        not in client_of(story.chair).get("/bryn/plan/edit/gate/").content.decode()
    )
    assert not Edition.objects.exists()


def test_the_files_show_a_moving_bar_then_the_file(story: Story, client_of: ClientOf, files):
    client = client_of(story.editor)
    edition = story.publish()
    rendering = Rendering.objects.get(edition=edition, language="en")
    waiting = client.get("/bryn/plan/edit/files/").content.decode()
    assert waiting.count('role="progressbar"') == 2
    assert 'hx-get="/bryn/plan/edit/files/"' in waiting
    Job.objects.filter(uuid=rendering.job).update(
        state="running",
        claim=rendering.uuid,
        started_at=timezone.now(),
        heartbeat_at=timezone.now(),
        steps_done=6,
        steps_total=24,
        label="Setting the pages",
    )
    running = client.get("/bryn/plan/edit/files/").content.decode()
    assert 'aria-valuenow="25"' in running
    assert "Setting the pages" in running
    Job.objects.update(state="done", claim=None, finished_at=timezone.now())
    story.finish_files(edition)
    done = client.get("/bryn/plan/edit/files/").content.decode()
    assert "progressbar" not in done
    assert "hx-get" not in done
    assert "/bryn/plan/plan.pdf?language=cy" in done


def test_a_failed_file_says_why_and_can_be_made_again(story: Story, client_of: ClientOf):
    client = client_of(story.editor)
    edition = story.publish()
    Job.objects.update(
        state="failed", sentence="This machine can't make PDFs.", finished_at=timezone.now()
    )
    html = client.get("/bryn/plan/edit/").content.decode()
    assert html.count("This machine can&#x27;t make PDFs.") == 2
    assert "Make it again" in html
    assert "Make it again" not in client_of(story.chair).get("/bryn/plan/edit/").content.decode()
    response = client.post("/bryn/plan/edit/files/again/", {"language": "cy"})
    assert response.status_code == 302
    assert Rendering.objects.filter(edition=edition, language="cy").count() == 2
    again = client.post("/bryn/plan/edit/files/again/", {"language": "cy"}, follow=True)
    assert "is being made already" in again.content.decode()
    nonsense = client.post("/bryn/plan/edit/files/again/", {"language": "../x"}, follow=True)
    assert "Choose one of the files" in nonsense.content.decode()


def test_the_desk_asks_the_same_few_questions_however_many_texts(
    story: Story, client_of: ClientOf, assert_same_queries
):
    def make_row(number: int) -> object:
        return make_theme(story.project, f"Theme {number}", colour="sky", position=number)

    assert_same_queries(client_of(story.editor), "/bryn/plan/edit/gate/", make_row, limit=40)


def test_the_gates_links_lead_to_the_mend(story: Story, client_of: ClientOf):
    action = story.propose("Plant trees", lead=None)
    story.agree(action.wordings.get())
    undecided = story.propose("Dig a pond")
    html = client_of(story.editor).get("/bryn/plan/edit/gate/").content.decode()
    assert f"/bryn/workshops/actions/{action.uuid}/" in html
    assert f"/bryn/steering/actions/{undecided.uuid}/" in html
