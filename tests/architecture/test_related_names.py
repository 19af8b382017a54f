"""A stage never reaches forward: no key from another app leaves an accessor behind."""

from django.apps import apps
from django.db import models

from tests.architecture.sources import OWN


def cross_app_keys() -> list[models.Field]:
    """Return every foreign key, one-to-one and many-to-many from one app of ours to another."""
    return [
        field
        for model in apps.get_models(include_auto_created=False)
        if model.__module__.split(".")[0] in OWN
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.remote_field and field.remote_field.model._meta.app_label != model._meta.app_label
    ]


def test_keys_between_apps_leave_no_accessor() -> None:
    keys = cross_app_keys()
    assert len(keys) > 40
    assert [str(field) for field in keys if not field.remote_field.hidden] == []


def test_keys_between_apps_point_to_earlier_stages_only() -> None:
    order = ["ui", "languages", "jobs", "projects"]
    order += ["engagements", "themes", "workshops", "steering", "plan", "overview"]
    keys = cross_app_keys()
    assert keys
    for field in keys:
        to = field.remote_field.model._meta.app_label
        if to in order:
            assert order.index(to) < order.index(field.model._meta.app_label), str(field)
