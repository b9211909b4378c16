from django.db import migrations, models


def date_what_is_held(apps, schema_editor):
    """A5 was its official's all along: since it was opened, as far as is known."""
    complaints = apps.get_model("pengaduan_app", "Complaint").objects
    rows = apps.get_model("pengaduan_app", "StepRecord").objects
    opened = rows.filter(complaint=models.OuterRef("pk"), step="A5", finished_at=None)
    held = complaints.filter(state="study", official__isnull=False)
    held.update(assigned_at=models.Subquery(opened.values("started_at")[:1]))


class Migration(migrations.Migration):
    # By itself: PostgreSQL alters no table after its rows were changed in the same transaction.
    dependencies = [("pengaduan_app", "0013_assignments")]
    operations = [migrations.RunPython(date_what_is_held, migrations.RunPython.noop)]
