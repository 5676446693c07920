"""The index itself, of the kind that the database offers; ``rebuild_search_index`` fills it."""

from django.db import migrations

CREATE = {
    "sqlite": [
        """CREATE VIRTUAL TABLE speeches_searchindex USING fts5(
            title, body, content='',
            tokenize="unicode61 remove_diacritics 0 tokenchars '.%'")""",
    ],
    "postgresql": [
        """ALTER TABLE speeches_searchdocument
            ADD COLUMN title_words tsvector, ADD COLUMN words tsvector, ADD COLUMN folded text""",
        "CREATE INDEX search_document_words ON speeches_searchdocument USING gin (words)",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE speeches_searchindex"],
    "postgresql": [
        """ALTER TABLE speeches_searchdocument
            DROP COLUMN title_words, DROP COLUMN words, DROP COLUMN folded""",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("speeches", "0004_search")]
    operations = [migrations.RunPython(create, drop)]
