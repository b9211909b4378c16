from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("pengaduan_app", "0005_correction"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="form_key",
            field=models.CharField(db_default="", db_index=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="submission_key",
            field=models.CharField(editable=False, max_length=64, unique=True),
        ),
    ]
