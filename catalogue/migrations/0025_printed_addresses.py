"""Say where an institution prints its address itself, which names nobody has confirmed, what a publication discloses."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0024_more_terms"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="notice",
            field=models.TextField(
                blank=True,
                help_text="Whose opinions it holds and who approved it, as it states; in our own words.",
                verbose_name="what it says of itself",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="notice_es",
            field=models.TextField(
                blank=True,
                help_text="Whose opinions it holds and who approved it, as it states; in our own words.",
                null=True,
                verbose_name="what it says of itself",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="notice_en",
            field=models.TextField(
                blank=True,
                help_text="Whose opinions it holds and who approved it, as it states; in our own words.",
                null=True,
                verbose_name="what it says of itself",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="notice_pt",
            field=models.TextField(
                blank=True,
                help_text="Whose opinions it holds and who approved it, as it states; in our own words.",
                null=True,
                verbose_name="what it says of itself",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="printed_in",
            field=models.CharField(
                blank=True,
                help_text="The publication or page in which the institution itself gives this address to the public."
                " It is then shown without a consent, until the office objects.",
                max_length=200,
                verbose_name="printed by the institution in",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="name_unconfirmed",
            field=models.BooleanField(
                default=False,
                help_text="Tick while only the institution can say whether the name is right. Readers do not see it.",
                verbose_name="name not confirmed",
            ),
        ),
    ]
