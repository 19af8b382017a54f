"""The invented project, Bryncoed: its words as files, and how they are loaded by the services."""
