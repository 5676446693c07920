"""Giving the groups of the office new permissions in a later migration."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations


class GrantPermissions(migrations.RunPython):
    """Add permissions to groups; what an office has changed in its groups stays as it is.

    ``grants`` maps the name of a group to code names of permissions on models of ``app_label``.
    """

    def __init__(self, grants, app_label="speeches"):
        def grant(apps, schema_editor):
            config = current_apps.get_app_config(app_label)
            create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
            permissions = apps.get_model("auth", "Permission").objects
            for group in apps.get_model("auth", "Group").objects.filter(name__in=grants):
                group.permissions.add(
                    *permissions.filter(
                        codename__in=grants[group.name], content_type__app_label=app_label
                    )
                )

        super().__init__(grant, migrations.RunPython.noop)
