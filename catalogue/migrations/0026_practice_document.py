"""Creates the documents of the published practices; ``manage.py prepare`` writes them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0025_printed_addresses")]

    operations = [
        migrations.CreateModel(
            name="PracticeDocument",
            fields=[
                (
                    "practice",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=models.deletion.CASCADE,
                        primary_key=True,
                        related_name="document",
                        serialize=False,
                        to="catalogue.practice",
                    ),
                ),
                ("content", models.TextField()),
                ("shape", models.CharField(max_length=32)),
                ("updated", models.DateTimeField()),
            ],
        ),
    ]
