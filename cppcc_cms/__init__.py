"""The Django project: settings and root addresses."""
