"""What was made by which sending of a form, so that one sent twice makes one record."""

from django.db import models

from coproduction.projects.models.project import Project


class Sending(models.Model):
    """A form that made something: the page it was sent from, and what it said."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    page = models.UUIDField()
    # A fingerprint of all that was sent, with our key: without it no name can be tried out on it.
    content = models.CharField(max_length=32)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "page", "content"], name="sending_once"),
        ]
