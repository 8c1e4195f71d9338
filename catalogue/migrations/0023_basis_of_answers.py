from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0022_told_by_whom"),
    ]

    operations = [
        migrations.AddField(
            model_name="commitmentanswer",
            name="basis",
            field=models.CharField(
                choices=[
                    ("source", "the source says that it answers the commitment"),
                    ("same_subject", "same subject, as this catalogue reads it"),
                ],
                default="same_subject",
                help_text="“Same subject”, unless a source says that the practice answers this commitment.",
                max_length=12,
                verbose_name="basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitmentanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__in", ["source", "same_subject"])), name="answer_basis_known"
            ),
        ),
    ]
