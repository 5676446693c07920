"""Side by side: what the product does, and the plainest way to do the like, in the same run.

Only the ratio of the two says anything: both run on the same machine at the same time.
"""

import os
from importlib import import_module


def set_up() -> None:
    """Start Django with the benches' settings and a database in memory."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import_module("django").setup()
    management = import_module("django.core.management")
    management.call_command("migrate", run_syncdb=True, verbosity=0)
