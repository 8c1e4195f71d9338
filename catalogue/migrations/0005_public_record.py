from django.db import migrations, models


def remember(apps, editor):
    """What is public today may be withdrawn tomorrow."""
    practices = apps.get_model("catalogue", "Practice").objects.using(editor.connection.alias)
    record = apps.get_model("catalogue", "PublicRecord")
    codes = practices.filter(state="published").values_list("code", flat=True)
    record.objects.using(editor.connection.alias).bulk_create(record(code=code) for code in codes)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_catalogue_change")]

    operations = [
        migrations.CreateModel(
            name="PublicRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=16, unique=True)),
                ("withdrawn_at", models.DateTimeField(db_index=True, editable=False, null=True)),
                ("sets", models.TextField(blank=True, editable=False)),
            ],
            options={"ordering": ["code"]},
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
