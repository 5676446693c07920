"""On PostgreSQL the database itself refuses to change or delete what was published.

An edition may be closed, once; nothing else of it may change. Its parts and the review records
may not change at all. SQLite has no roles to protect against: there the model alone refuses.
"""

from django.db import migrations

EDITIONS = ["speeches_meetingedition", "speeches_speechedition", "speeches_workitemedition"]
PARTS = ["speeches_speecheditionspeaker", "speeches_figureedition", "speeches_reviewrecord"]

FUNCTIONS = """
CREATE FUNCTION speeches_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION speeches_allow_closing_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL
       OR to_jsonb(NEW) - 'closed_at' - 'closed_as' <> to_jsonb(OLD) - 'closed_at' - 'closed_as'
    THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGER = """
CREATE TRIGGER {table}_no_{name} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {function}();
"""


def add_triggers(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTIONS, params=None)
    for table in EDITIONS + PARTS:
        change = (
            "speeches_allow_closing_once" if table in EDITIONS else "speeches_refuse_change"
        )
        for name, event, function in (
            ("change", "UPDATE", change),
            ("delete", "DELETE", "speeches_refuse_change"),
        ):
            schema_editor.execute(
                TRIGGER.format(table=table, name=name, event=event, function=function)
            )


def remove_triggers(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION speeches_allow_closing_once() CASCADE")
        schema_editor.execute("DROP FUNCTION speeches_refuse_change() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("speeches", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, remove_triggers)]
