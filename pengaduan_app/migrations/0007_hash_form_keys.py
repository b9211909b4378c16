from uuid import UUID

from django.db import migrations
from django.utils.crypto import salted_hmac

BATCH = 2000


def hash_keys(apps, schema_editor):
    """The keys that lie in the rows become hashes. They were bound to no browser, so a citizen's
    form that is sent again across this upgrade is another complaint; the demo is known again."""
    complaints = apps.get_model("pengaduan_app", "Complaint").objects
    while rows := list(complaints.filter(form_key="")[:BATCH]):
        for row in rows:
            # What actions.form_mark makes of a key without a browser.
            text = '["%s", ""]' % UUID(row.submission_key)
            row.form_key = _hash("form", text)
            row.submission_key = _hash("sending", text)
        complaints.bulk_update(rows, ["form_key", "submission_key"], batch_size=400)


def _hash(purpose, text):
    return salted_hmac(f"pengaduan_app.{purpose}", text, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    # Apart from the change of the columns: PostgreSQL makes no index while changed rows wait for
    # the checks at a transaction's end.

    dependencies = [
        ("pengaduan_app", "0006_form_marks"),
    ]

    operations = [
        migrations.RunPython(hash_keys, migrations.RunPython.noop),
    ]
