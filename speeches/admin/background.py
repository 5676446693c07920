"""Background work is shown where it was asked for; the package's own list stays out of the admin.

It is in English, and what it holds (arguments, tracebacks) is for the server's log.
"""

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

admin.site.unregister(DBTaskResult)
