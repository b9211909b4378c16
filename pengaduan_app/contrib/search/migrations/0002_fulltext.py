"""The full-text part of the index, which Django's models don't know. Keep it by hand."""

from django.db import migrations

from search import fulltext


def make(apps, schema_editor):
    fulltext.create(schema_editor.connection, schema_editor.execute)


def take_away(apps, schema_editor):
    fulltext.drop(schema_editor.connection, schema_editor.execute)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, take_away)]
