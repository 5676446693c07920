"""The index itself, of the kind that the database offers; ``rebuild_search_index`` fills it."""

from django.db import migrations

CREATE = {
    "sqlite": [
        """CREATE VIRTUAL TABLE speeches_searchindex USING fts5(
            title, body, content='',
            tokenize="unicode61 remove_diacritics 0 tokenchars '.%'")""",
    ],
    "postgresql": [
        """CREATE TABLE speeches_searchindex (
            document_id bigint PRIMARY KEY
                REFERENCES speeches_searchdocument (id) ON DELETE CASCADE
                DEFERRABLE INITIALLY DEFERRED,
            title tsvector NOT NULL,
            words tsvector NOT NULL,
            folded text NOT NULL)""",
        "CREATE INDEX speeches_searchindex_words ON speeches_searchindex USING gin (words)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE speeches_searchindex", params=None)


class Migration(migrations.Migration):
    dependencies = [("speeches", "0004_search")]
    operations = [migrations.RunPython(create, drop)]
