"""People, organisations, projects, memberships, access and the audit trail."""
