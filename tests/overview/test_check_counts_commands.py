"""The command that counts again: it says that nothing differs, or what does first."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.themes.comments import make_comments
from themes.models import ThemeTotal, WaitingTotal

pytestmark = pytest.mark.django_db


def test_it_says_how_many_tables_it_counted_again(project, capsys) -> None:
    make_comments(project, "A park", "A bench")
    call_command("check_counts")
    assert capsys.readouterr().out == "Counted 6 tables again: no difference.\n"


def test_it_names_the_first_difference(project) -> None:
    comment = make_comments(project, "A park")[0]
    WaitingTotal.objects.update(comments=3)
    with pytest.raises(CommandError, match=r"^themes_waitingtotal \(.*\): comments 3, counted 1$"):
        call_command("check_counts")
    made_up = ThemeTotal(
        project=project, theme_id=10**6, question=comment.question, visible=2, said=1
    )
    made_up.save(force_insert=True)
    with pytest.raises(CommandError, match=r"theme_id 1000000, .*: visible 2, counted 0, said 1"):
        call_command("check_counts")
    made_up.delete()
    WaitingTotal.objects.update(comments=1)
