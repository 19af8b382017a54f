"""A query compiled once finds what the query itself would, whatever is asked after what."""

from django.db import connection
from django.db.models import Exists, OuterRef

from coproduction.compiled_queries import CompiledQuery
from coproduction.projects.models import Membership
from engagements.models import Comment
from tests.themes.comments import make_comments
from themes.models import Coding
from themes.services import codebook, coding


def comments_after(project, after):
    coded = Exists(Coding.objects.filter(comment=OuterRef("pk")))
    rows = Comment.objects.filter(project=project, pk__gt=after).annotate(is_coded=coded)
    return rows.select_related("question", "engagement").order_by("-pk")[:3]


def values(row):
    """Return everything that an object holds of its row."""
    return {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def test_it_finds_the_same_with_what_is_related_and_reckoned(project, other_project, analyst):
    comments = make_comments(project, *"abcde", translation={"en": "in English"})
    make_comments(other_project, "elsewhere")
    code = codebook.add_code(project=project, parent=None, name={"en": "Parks"}, by=analyst)
    coding.code_comment(comment=comments[4], codes=[code], by=analyst)
    query = CompiledQuery(comments_after)
    found = 0
    for asked in ((project.pk, 0), (project.pk, comments[3].pk), (other_project.pk, 0)):
        ours, plain = query.ask(*asked), list(comments_after(*asked))
        assert [values(row) for row in ours] == [values(row) for row in plain]
        assert [row.is_coded for row in ours] == [row.is_coded for row in plain]
        for mine, theirs in zip(ours, plain, strict=True):
            for name in ("question", "engagement"):
                assert name in mine._state.fields_cache
                assert values(getattr(mine, name)) == values(getattr(theirs, name))
        found += len(ours)
    assert found == 3 + 1 + 1
    assert query.ask(project.pk, comments[4].pk) == []


def test_words_are_asked_for_as_they_are(project, other_project, analyst):
    query = CompiledQuery(
        lambda user, slug: Membership.objects.filter(user=user, project__slug=slug)
    )
    assert [row.project_id for row in query.ask(analyst.pk, project.slug)] == [project.pk]
    for slug in ("", "'; --", "%s", "a word that stands for a value: 1", other_project.slug):
        assert query.ask(analyst.pk, slug) == []


def test_it_is_one_query_and_its_object_can_be_saved(project, count_queries):
    comment = make_comments(project, "The park")[0]
    query = CompiledQuery(lambda key: Comment.objects.filter(pk=key))
    query.ask(comment.pk)
    with count_queries() as asked:
        (row,) = query.ask(comment.pk)
    assert len(asked.captured_queries) == 1
    assert row._state.db == connection.alias
    assert not row._state.adding
    row.position = 3
    row.save()
    comment.refresh_from_db()
    assert (comment.position, comment.version) == (3, row.version)
