"""Surveys by their pages: set up by the team, answered by anyone, once, and followed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coproduction.projects.rate_limit import WRONG_CODES_IN_TEN_MINUTES
from engagements.models import Comment, Method, Submission, Survey
from engagements.services.engagement import cancel_engagement, plan_engagement
from engagements.services.submission import undo_submissions
from engagements.services.survey import close_survey, open_survey
from engagements.services.withholding import raise_concern
from tests.forms import drawn

pytestmark = pytest.mark.django_db
URL = "/bryn/tell-us/have-your-say/"


@pytest.fixture
def survey(project, engagement, coordinator) -> Survey:
    """A survey that is open."""
    return open_survey(
        project=project,
        engagement=engagement,
        slug="have-your-say",
        title={"en": "Have your say", "cy": "Dweud eich dweud"},
        introduction={"en": "The council asks.", "cy": "Mae'r cyngor yn gofyn."},
        by=coordinator,
    )


def test_the_three_questions_are_asked(survey, client) -> None:
    response = client.get(URL)
    html = response.content.decode()
    for said in ("Have your say", "What do we have?", "What do we need?", "What should change?"):
        assert said in html
    assert "no-store" in response["Cache-Control"]
    assert 'name="quote_consent"' in html
    assert "checked" not in html


def test_the_page_is_in_welsh(survey, client) -> None:
    html = client.get(f"/cy{URL}").content.decode()
    for said in ("Dweud eich dweud", "Beth sydd gyda ni?", "Beth ddylai newid?"):
        assert said in html
    client.post(f"/cy{URL}", {"need": "Bws", "client_id": str(uuid4())})
    assert Submission.objects.get().language == "cy"


def test_an_answer_is_in_a_language_of_its_project(survey, client, project) -> None:
    """Whatever the address says: it is by this that words are marked when they are quoted."""
    type(project).objects.filter(pk=project.pk).update(languages=["cy"])
    client.post(URL, {"need": "Bws", "client_id": str(uuid4())})
    assert Submission.objects.get().language == "cy"


def test_an_answer_is_kept_and_gives_a_code(survey, client) -> None:
    said = {"asset": "The park", "change": "The bins", "descriptor": "A parent"}
    response = client.post(URL, said | {"quote_consent": "on", "client_id": str(uuid4())})
    kept = Submission.objects.get()
    assert response["Location"] == f"{URL}thanks/{kept.receipt}/"
    thanks = client.get(response["Location"])
    html = thanks.content.decode()
    assert kept.receipt in html
    assert f"/bryn/follow/{kept.receipt}/" in html
    assert "noindex" in thanks["X-Robots-Tag"]
    assert Comment.objects.publishable().count() == 2


def test_without_consent_nothing_may_be_printed(survey, client) -> None:
    client.post(URL, {"need": "A bus", "client_id": str(uuid4())})
    assert Comment.objects.visible().count() == 1
    assert not Comment.objects.publishable().exists()


def test_sent_twice_it_goes_in_once(survey, client) -> None:
    said = {"need": "A bus", "client_id": str(uuid4())}
    first, second = client.post(URL, said), client.post(URL, said)
    assert first["Location"] == second["Location"]
    assert Submission.objects.count() == 1


def test_an_empty_answer_is_asked_for_and_nothing_is_lost(survey, client) -> None:
    response = client.post(URL, {"descriptor": "A shopkeeper"})
    html = response.content.decode()
    assert "Write something under at least one of the questions." in html
    assert "A shopkeeper" in html
    assert not Submission.objects.exists()


def test_what_nobody_can_see_is_not_kept_and_what_they_said_is(survey, client) -> None:
    response = client.post(URL, {"need": "A\x00 bus\u200b,\r\nplease 👨‍👩‍👧"})
    assert response.status_code == 302
    assert Comment.objects.get().text == "A bus,\nplease 👨‍👩‍👧"


def test_a_closed_survey_says_so_and_hands_the_words_back(survey, client, coordinator) -> None:
    close_survey(survey=survey, by=coordinator)
    html = client.get(URL).content.decode()
    assert "This survey is closed." in html
    assert "<textarea" not in html
    late = client.post(URL, {"need": "A warm room"})
    assert late.status_code == 409
    assert "This survey is not open, so your answers were not kept." in late.content.decode()
    assert "A warm room" in late.content.decode()
    assert not Submission.objects.exists()


def test_a_survey_to_come_says_when(survey, client) -> None:
    Survey.objects.update(opens_at=timezone.now() + timedelta(days=2))
    html = client.get(URL).content.decode()
    assert "is not open yet" in html
    assert "<textarea" not in html


def test_far_too_many_answers_wait_and_keep_their_words(survey, client, monkeypatch) -> None:
    monkeypatch.setattr("engagements.views.survey.ANSWERS_IN_TEN_MINUTES", 5)
    for _turn in range(5):
        assert client.post(URL, {}).status_code == 200
    response = client.post(URL, {"need": "A warm room"})
    assert response.status_code == 429
    assert "Wait ten minutes" in response.content.decode()
    assert "A warm room" in response.content.decode()
    assert not Submission.objects.exists()


def test_a_form_from_elsewhere_is_refused(survey) -> None:
    assert Client(enforce_csrf_checks=True).post(URL, {"need": "A bus"}).status_code == 403


def test_a_code_not_of_this_survey_is_not_found(survey, say, client) -> None:
    typed = say("The park").submission.receipt
    for code in (typed, "7KQM-4TPX-9RWD", "x"):
        assert client.get(f"{URL}thanks/{code}/").status_code == 404


def test_another_projects_survey_is_not_found(
    survey, other_project, client, client_of, other_coordinator
) -> None:
    assert client.get(URL.replace("bryn", "glyn")).status_code == 404
    glyn = client_of(other_coordinator)
    assert glyn.get(f"/glyn/engagements/surveys/{survey.uuid}/").status_code == 404
    assert glyn.post(f"/glyn/engagements/surveys/{survey.uuid}/close/").status_code == 404


def test_a_survey_is_set_up_changed_and_closed(client_of, coordinator, engagement) -> None:
    carys = client_of(coordinator)
    said = {
        "title_en": "Your park",
        "title_cy": "Eich parc",
        "slug": "your-park",
        "engagement": str(engagement.uuid),
        "opens_at": "2024-05-01T09:00",
    }
    response = carys.post("/bryn/engagements/surveys/new/", said)
    assert response.status_code == 302, response.context["form"].errors
    made = Survey.objects.get()
    again = carys.post("/bryn/engagements/surveys/new/", said)
    assert "Another survey has that address." in again.content.decode()
    url = f"/bryn/engagements/surveys/{made.uuid}/"
    assert "Your park" in carys.get(url).content.decode()
    carys.post(url, said | {"title_en": "Our park"})
    assert "Our park" in carys.get("/bryn/engagements/surveys/").content.decode()
    carys.post(f"{url}close/")
    made.refresh_from_db()
    assert not made.is_open


def test_the_list_costs_the_same_for_many(
    assert_same_queries, client_of, coordinator, project, engagement
) -> None:
    def make(number: int) -> Survey:
        return open_survey(
            project=project,
            engagement=engagement,
            slug=f"survey-{number}",
            title={"en": f"Survey {number}"},
            by=coordinator,
        )

    assert_same_queries(client_of(coordinator), "/bryn/engagements/surveys/", make)


def test_the_next_person_at_the_same_tablet_is_heard_too(survey, client) -> None:
    page = str(uuid4())
    first = client.post(URL, {"need": "A bus", "client_id": page})
    second = client.post(URL, {"need": "A bench", "client_id": page})
    assert first["Location"] != second["Location"]
    assert client.get(second["Location"]).status_code == 200
    assert Comment.objects.count() == 2


def test_an_answer_undone_before_leads_to_its_new_code(survey, client, coordinator) -> None:
    sent = {"need": "A bus", "client_id": str(uuid4())}
    client.post(URL, sent)
    undo_submissions(submissions=[Submission.objects.get()], by=coordinator)
    assert client.post(URL, sent, follow=True).status_code == 200


def test_a_survey_of_an_engagement_called_off_is_closed_in_plain_words(
    survey, client, engagement, coordinator
) -> None:
    cancel_engagement(engagement=engagement, by=coordinator)
    assert "This survey is closed." in client.get(URL).content.decode()
    refused = client.post(URL, {"need": "A bus"})
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "This survey is not open" in html
    assert "diary" not in html
    assert "A bus" in html


def test_guessing_codes_is_stopped_and_a_right_one_is_answered_all_the_same(survey, client) -> None:
    right = client.post(URL, {"need": "A bus"})["Location"]
    codes = [f"{URL}thanks/0000-0000-{number:04d}/" for number in range(30)]
    statuses = [client.get(code).status_code for code in codes]
    assert statuses == [404] * WRONG_CODES_IN_TEN_MINUTES + [429] * 10
    assert client.get(right).status_code == 200
    # One counter for both pages that a code opens.
    assert client.get("/bryn/follow/0000-0000-0001/").status_code == 429


def test_only_answers_with_something_to_read_are_counted(
    survey, client, client_of, coordinator
) -> None:
    for said in ({"need": "A bus", "asset": "The park"}, {"need": "Words to worry about"}):
        client.post(URL, said)
    raise_concern(comment=Comment.objects.get(text__startswith="Words"), by=coordinator)
    page = client_of(coordinator).get("/bryn/engagements/surveys/")
    assert [each.answers for each in page.context["page"]] == [1]


def test_another_projects_ids_are_refused_in_every_field_of_a_survey(
    client_of, coordinator, project, other_project, other_coordinator, survey
) -> None:
    theirs = plan_engagement(
        project=other_project,
        title="Theirs",
        method=Method.EVENT,
        date=date(2024, 5, 4),
        by=other_coordinator,
    )
    fields = {
        "title_en": "Survey",
        "title_cy": "Arolwg",
        "opens_at": "2024-05-04T10:00",
        "slug": "new",
        "engagement": str(theirs.uuid),
    }
    carys = client_of(coordinator)
    for url in ("new/", f"{survey.uuid}/"):
        answer = carys.post(f"/bryn/engagements/surveys/{url}", fields)
        assert "engagement" in answer.context["form"].errors
    survey.refresh_from_db()
    assert (survey.engagement.project, Survey.objects.count()) == (project, 1)
    away = open_survey(
        project=other_project,
        engagement=theirs,
        slug="theirs",
        title={"en": "Theirs"},
        by=other_coordinator,
    )
    assert carys.get(f"/bryn/engagements/surveys/{away.uuid}/").status_code == 404
    assert carys.post("/bryn/tell-us/theirs/", {"need": "A bus"}).status_code == 404


def test_setting_up_a_survey_without_a_safeguarding_lead_warns(
    client_of, coordinator, facilitator, project
) -> None:
    here = reverse("engagements:survey_new", kwargs={"project": project.slug})
    settings_page = reverse("projects:settings_page", kwargs={"project": project.slug})
    page = client_of(facilitator).get(here).content.decode()
    assert "No safeguarding lead is named" in page
    assert settings_page not in page
    assert settings_page in client_of(coordinator).get(here).content.decode()
    project.safeguarding_lead = "lead@bryn.example"
    project.save()
    page = client_of(facilitator).get(here).content.decode()
    assert "No safeguarding lead is named" not in page


def change_address(survey: Survey) -> str:
    """Return the address of a survey's form."""
    kwargs = {"project": survey.project.slug, "uuid": survey.uuid}
    return reverse("engagements:survey_change", kwargs=kwargs)


def test_a_closed_survey_stays_closed_when_an_older_form_is_saved(
    client_of, coordinator, survey
) -> None:
    client, address = client_of(coordinator), change_address(survey)
    older = client.get(address)
    close_survey(survey=survey, by=coordinator)
    sent = drawn(older, title_en="Have your say again")
    assert client.post(address, sent).status_code == 302
    survey.refresh_from_db()
    assert survey.title.text("en") == "Have your say again"
    assert not survey.is_open


def test_a_survey_closed_meanwhile_is_shown_to_who_gives_it_longer(
    client_of, coordinator, survey
) -> None:
    client, address = client_of(coordinator), change_address(survey)
    later = timezone.localtime() + timedelta(days=9)
    sent = drawn(client.get(address), closes_at=later.strftime("%Y-%m-%dT%H:%M"))
    close_survey(survey=survey, by=coordinator)
    clash = client.post(address, sent)
    assert clash.status_code == 409
    survey.refresh_from_db()
    assert not survey.is_open


def test_who_closed_a_survey_is_named_and_not_who_changed_its_title_since(
    client_of, coordinator, analyst, survey
) -> None:
    client, address = client_of(coordinator), change_address(survey)
    older = client.get(address)
    later = timezone.localtime() + timedelta(days=9)
    close_survey(survey=survey, by=analyst)
    assert client.post(address, drawn(older, title_en="Have your say again")).status_code == 302
    clash = client.post(address, drawn(older, closes_at=later.strftime("%Y-%m-%dT%H:%M")))
    assert clash.status_code == 409
    assert f"{analyst.display_name} changed this too" in clash.text


def test_a_survey_set_up_twice_is_one(client_of, coordinator, engagement) -> None:
    client = client_of(coordinator)
    address = reverse("engagements:survey_new", kwargs={"project": "bryn"})
    sent = drawn(
        client.get(address), title_en="Parks", slug="parks", engagement=str(engagement.uuid)
    )
    answers = [client.post(address, sent) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Survey.objects.count() == 1
    other = client.post(address, sent | {"slug": ["parks-again"]})
    assert other.status_code == 409
    assert "You have saved this form already" in other.text


def test_another_surveys_address_is_refused_beside_its_box(
    client_of, coordinator, engagement, survey
) -> None:
    client = client_of(coordinator)
    address = reverse("engagements:survey_new", kwargs={"project": "bryn"})
    sent = drawn(
        client.get(address), title_en="Parks", slug=survey.slug, engagement=str(engagement.uuid)
    )
    form = client.post(address, sent).context["form"]
    assert form.errors["slug"] == ["Another survey has that address. Choose another."]
