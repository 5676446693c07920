"""Keeping the product running: backups, the move to PostgreSQL, alarms, what its state is."""
