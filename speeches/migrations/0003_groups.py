"""The groups of a publishing office and what each may do."""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = ["meeting", "speech", "workitem", "indicator"]
PEOPLE = [
    "organization",
    "organizationalias",
    "region",
    "speaker",
    "speakervariant",
    "appointment",
]
IMPORTS = ["importbatch"]
RECORDS = ["reviewrecord", "meetingedition", "speechedition", "workitemedition"]


def names(actions, models):
    return {f"{action}_{model}" for action in actions for model in models}


VIEW = names(["view"], CONTENT + PEOPLE + IMPORTS + RECORDS) | {
    "view_figure",
    "view_speechspeaker",
}
EDIT = (
    VIEW
    | names(["add", "change"], CONTENT + PEOPLE + IMPORTS)
    | names(["add", "change", "delete"], ["figure", "speechspeaker"])
    | names(["delete"], ["organizationalias", "speakervariant", "appointment"])
    | {"submit_draft"}
)
REVIEW = VIEW | {"view_any_draft"}

GROUPS = {
    "采编": EDIT,
    "初审": REVIEW | {"first_review"},
    "复审": REVIEW | {"second_review"},
    "终审": REVIEW | {"final_review", "publish_draft", "withdraw_draft"},
    "管理员": EDIT
    | REVIEW
    | names(["delete"], PEOPLE + ["indicator"])
    | {
        "change_any_draft",
        "publish_draft",
        "withdraw_draft",
        "archive_draft",
        "change_public_profile",
        "add_user",
        "change_user",
        "view_user",
        "view_group",
    },
}


def add_groups(apps, schema_editor):
    for label in ("auth", "organizations", "speeches"):
        config = current_apps.get_app_config(label)
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.filter(
                codename__in=codenames,
                content_type__app_label__in=["auth", "organizations", "speeches"],
            )
        )


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("speeches", "0002_append_only"),
        ("organizations", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(add_groups, remove_groups)]
