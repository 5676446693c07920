"""The tables of the search: two builds of the index, its state, words, synonyms and the report.

The documents are made anew with their short columns first; ``rebuild_search_index`` fills them.
"""

from importlib import import_module

from django.db import migrations, models

import speeches.models.search
from speeches.migrations._grants import GrantPermissions

BUILDS = (0, 1)
CREATE = {
    "sqlite": (
        """CREATE VIRTUAL TABLE speeches_searchindex_{build} USING fts5(
            title, body, marks, content='',
            tokenize="unicode61 remove_diacritics 0 tokenchars '.%_'")""",
    ),
    "postgresql": (
        """CREATE TABLE speeches_searchindex_{build} (
            id bigint PRIMARY KEY, title_words tsvector, words tsvector, folded text
            ) WITH (toast_tuple_target = 256)""",
        "ALTER TABLE speeches_searchindex_{build} ALTER COLUMN title_words SET STORAGE PLAIN",
        "CREATE INDEX search_words_{build} ON speeches_searchindex_{build} USING gin (words)",
    ),
}

SYNONYMS = {"view_synonym", "add_synonym", "change_synonym"}
RIGHTS = {
    "采编": SYNONYMS,
    "管理员": SYNONYMS | {"delete_synonym", "view_searchedquery"},
}


def drop_first_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE speeches_searchindex", params=None)


def restore_first_index(apps, schema_editor):
    import_module("speeches.migrations.0005_search_index").create(apps, schema_editor)


def create(apps, schema_editor):
    for build in BUILDS:
        for statement in CREATE[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(build=build), params=None)


def drop(apps, schema_editor):
    for build in BUILDS:
        schema_editor.execute(f"DROP TABLE speeches_searchindex_{build}", params=None)


class Migration(migrations.Migration):
    dependencies = [("speeches", "0011_proofreading")]
    operations = [
        migrations.RunPython(drop_first_index, restore_first_index),
        migrations.DeleteModel("SearchDocument"),
        migrations.CreateModel(
            name='SearchState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('generation', models.PositiveIntegerField(default=0)),
                ('tokens_version', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='Separate them by 、. Names and aliases of organizations and people need no entry.', max_length=200, verbose_name='words that mean the same')),
            ],
            options={
                'verbose_name': 'synonym',
                'verbose_name_plural': 'synonyms',
                'ordering': ['words'],
            },
        ),
        migrations.CreateModel(
            name='SearchDocument',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('generation', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('speech', 'Speech'), ('meeting', 'Meeting'), ('work_item', 'Highlighted work')], max_length=12, verbose_name='kind')),
                ('number', models.PositiveBigIntegerField(verbose_name='number')),
                ('edition_hash', models.CharField(max_length=64, verbose_name='hash')),
                ('day', models.DateField(null=True, verbose_name='date')),
                ('marks', models.TextField()),
                ('title', models.CharField(max_length=250, verbose_name='title')),
                ('url', models.CharField(max_length=300, verbose_name='address')),
                ('anchors', models.JSONField(default=list)),
                ('body', speeches.models.search.CompressedTextField(verbose_name='text')),
            ],
            options={
                'verbose_name': 'searched piece',
                'verbose_name_plural': 'searched pieces',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('generation', 'kind', 'number'), name='search_document_of_piece')],
            },
        ),
        migrations.CreateModel(
            name='SearchedQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='month')),
                ('text', models.CharField(max_length=64, verbose_name='searched for')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='times')),
                ('without_result', models.PositiveIntegerField(default=0, verbose_name='without result')),
            ],
            options={
                'verbose_name': 'search of readers',
                'verbose_name_plural': 'searches of readers',
                'ordering': ['-month', '-times', 'text'],
                'default_permissions': ('view',),
                'constraints': [models.UniqueConstraint(fields=('month', 'text'), name='searched_query_of_month')],
            },
        ),
        migrations.CreateModel(
            name='SearchTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('body', 'Body'), ('synonym', 'Synonym'), ('word', 'Word')], max_length=8)),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('text', models.CharField(max_length=120)),
                ('words', models.CharField(max_length=160)),
                ('pinyin', models.CharField(max_length=255)),
                ('initials', models.CharField(max_length=120)),
                ('sound', models.CharField(max_length=255)),
            ],
            options={
                'default_permissions': (),
                'indexes': [models.Index(fields=['text'], name='search_term_text', opclasses=['varchar_pattern_ops']), models.Index(fields=['pinyin'], name='search_term_pinyin'), models.Index(fields=['initials'], name='search_term_initials'), models.Index(fields=['sound'], name='search_term_sound'), models.Index(fields=['kind', 'number'], name='search_term_of')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'number', 'text', 'pinyin'), name='search_term_once')],
            },
        ),
        migrations.RunPython(create, drop),
        GrantPermissions(RIGHTS),
    ]
