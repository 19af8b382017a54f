"""An organisation is on the list once, however its name is written and whoever adds it."""

import threading
import unicodedata

import pytest
from django.db import connection

from coproduction.projects.models import Organisation, Project, User
from coproduction.projects.services.organisation import (
    OrganisationThere,
    add_organisation,
    change_organisation,
)

WAYS = ["Tŷ Ni", unicodedata.normalize("NFD", "Tŷ Ni"), "ty  ni", "TŶ\u00a0NI", "Ty\u200b Ni"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", WAYS)
def test_one_name_is_one_entry_however_it_is_written(
    project: Project, coordinator: User, name: str
) -> None:
    def add(**name: str) -> Organisation:
        return add_organisation(project=project, name=name, sector="charity", by=coordinator)

    there = add(en="Our House", cy=WAYS[0])
    with pytest.raises(OrganisationThere):
        add(en=name)
    other = add(en="Neighbours")
    with pytest.raises(OrganisationThere):
        change_organisation(organisation=other, name={"cy": name}, sector="charity", by=coordinator)
    # Its own name is no other's.
    change_organisation(organisation=there, name={"cy": name}, sector="faith", by=coordinator)
    assert Organisation.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_several_who_add_it_at_once_make_one(project: Project, coordinator: User) -> None:
    made: list[Organisation] = []
    refused: list[BaseException] = []
    together = threading.Barrier(len(WAYS))

    def add(name: str) -> None:
        try:
            together.wait(timeout=10)
            made.append(
                add_organisation(
                    project=project, name={"en": name}, sector="charity", by=coordinator
                )
            )
        except BaseException as fault:
            refused.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in WAYS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(made) == 1
    assert [type(fault) for fault in refused] == [OrganisationThere] * (len(WAYS) - 1)
    assert Organisation.objects.count() == 1
