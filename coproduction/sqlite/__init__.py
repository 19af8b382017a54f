"""Django's SQLite, with triggers that outlive a table being made anew."""
