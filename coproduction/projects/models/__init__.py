"""What is kept of projects: people, roles, organisations, letters and the audit trail."""

from coproduction.projects.models.attested import Attested
from coproduction.projects.models.audit import AuditEntry, AuditHead, TrailHead
from coproduction.projects.models.blueprint import Blueprint, TextTemplate
from coproduction.projects.models.complaint import DataComplaint
from coproduction.projects.models.letter import TRIED_FOR, Letter
from coproduction.projects.models.membership import Membership, Role
from coproduction.projects.models.organisation import Organisation, Sector
from coproduction.projects.models.passes import Actor, Pass, PassOver, PassQuerySet, PassScope
from coproduction.projects.models.person import LONGEST_EMAIL, User
from coproduction.projects.models.project import SLUG, Project, ProjectQuerySet, ProjectRecord
from coproduction.projects.models.retention import Retention, RetentionNotice
from coproduction.projects.models.sending import Sending
from coproduction.projects.models.session import Session
from coproduction.projects.models.versioned import ReadTooEarly, Versioned, VersionedQuerySet

__all__ = [
    "LONGEST_EMAIL",
    "SLUG",
    "TRIED_FOR",
    "Actor",
    "Attested",
    "AuditEntry",
    "AuditHead",
    "Blueprint",
    "DataComplaint",
    "Letter",
    "Membership",
    "Organisation",
    "Pass",
    "PassOver",
    "PassQuerySet",
    "PassScope",
    "Project",
    "ProjectQuerySet",
    "ProjectRecord",
    "ReadTooEarly",
    "Retention",
    "RetentionNotice",
    "Role",
    "Sector",
    "Sending",
    "Session",
    "TextTemplate",
    "TrailHead",
    "User",
    "Versioned",
    "VersionedQuerySet",
]
