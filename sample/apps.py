"""How Django knows this app."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    """The sample app: no records of its own, only the command that loads the invented place."""

    name = "sample"
