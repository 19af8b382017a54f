"""Who does what in a project."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coproduction.projects.models.person import User
from coproduction.projects.models.project import Project


class Role(models.TextChoices):
    """What a person does in a project. One person may do several things."""

    COORDINATOR = "coordinator", _("Engagement co-ordinator")
    ANALYST = "analyst", _("Analyst")
    FACILITATOR = "facilitator", _("Facilitator")
    CHAIR = "chair", _("Chair of the steering group")
    MEMBER = "member", _("Steering group member")
    EDITOR = "editor", _("Plan editor")
    HELPER = "helper", _("Helper who types")


class Membership(models.Model):
    """A person's role in a project. It opens pages; it does not give a vote."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    # The invitation; none for who was not invited by e-mail.
    letter = models.UUIDField(null=True, blank=True)
    # What whoever invited them called them, until they come: what they call themselves elsewhere is
    # nothing that an invitation shows.
    invited_as = models.CharField(max_length=100, blank=True)
    # When they first came; none while they are invited.
    joined_at = models.DateTimeField(null=True, default=timezone.now)
    # Their own choice: that their address goes along when the project's archive is taken elsewhere.
    address_may_leave = models.BooleanField(default=False)
    # Of the first person of a project, who does it until somebody else is given the role.
    stands_in = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "user", "role"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        ]

    @property
    def name_shown(self) -> str:
        """What to call them in this project."""
        if self.joined_at is not None:
            return self.user.display_name
        if self.invited_as or not self.user.has_address:
            return self.invited_as or self.user.display_name
        return self.user.email.split("@")[0]
