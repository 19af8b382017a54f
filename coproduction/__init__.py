"""Wiring: settings, addresses, Celery; and the small apps every stage stands on."""
