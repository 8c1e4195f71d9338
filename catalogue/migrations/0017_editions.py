import django.db.models.deletion
from django.db import migrations, models


FIRST = "catalog-of-experiences-2023"


def give_addresses(apps, schema_editor):
    """Give every edition the address of its page: the year to the first of each; the first edition is a publication."""
    editions = apps.get_model("catalogue", "Edition").objects.using(schema_editor.connection.alias)
    taken = set()
    for edition in editions.order_by("year", "pk"):
        edition.address = edition.slug if str(edition.year) in taken else str(edition.year)
        taken.add(str(edition.year))
        edition.state = "frozen" if edition.slug == FIRST else edition.state
        edition.save(update_fields=["address", "state"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0016_adaptations'),
    ]

    operations = [
        migrations.CreateModel(
            name='EditionDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('volume', models.PositiveSmallIntegerField(verbose_name='volume')),
                ('content', models.JSONField(verbose_name='content')),
            ],
            options={
                'verbose_name': 'document of an edition',
                'verbose_name_plural': 'documents of an edition',
                'ordering': ['edition', 'language', 'volume'],
            },
        ),
        migrations.CreateModel(
            name='EditionEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='order')),
                ('code', models.CharField(max_length=16, verbose_name='code')),
                ('version', models.PositiveIntegerField(verbose_name='published version')),
                ('volume', models.PositiveSmallIntegerField(verbose_name='volume')),
                ('records', models.JSONField(verbose_name='records')),
            ],
            options={
                'verbose_name': 'entry of an edition',
                'verbose_name_plural': 'entries of an edition',
                'ordering': ['edition', 'order'],
            },
        ),
        migrations.CreateModel(
            name='FrozenEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='frozen at')),
                ('facts', models.JSONField(verbose_name='facts')),
                ('checksum', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('amended_on', models.DateField(null=True, verbose_name='amended on')),
            ],
            options={
                'verbose_name': 'frozen edition',
                'verbose_name_plural': 'frozen editions',
                'ordering': ['-at'],
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='address',
            field=models.SlugField(blank=True, db_index=False, default='', help_text='For example 2027; made from the year when left empty. It never changes.', max_length=80, verbose_name='end of the address of its page'),
        ),
        migrations.AddField(
            model_name='edition',
            name='call',
            field=models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', verbose_name='call for practices'),
        ),
        migrations.AddField(
            model_name='edition',
            name='call_en',
            field=models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', null=True, verbose_name='call for practices'),
        ),
        migrations.AddField(
            model_name='edition',
            name='call_es',
            field=models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', null=True, verbose_name='call for practices'),
        ),
        migrations.AddField(
            model_name='edition',
            name='call_pt',
            field=models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', null=True, verbose_name='call for practices'),
        ),
        migrations.AddField(
            model_name='edition',
            name='closed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='closed at'),
        ),
        migrations.AddField(
            model_name='edition',
            name='deadline',
            field=models.DateField(blank=True, help_text='Last day on which focal points may propose practices (until midnight, UTC); needed to open it.', null=True, verbose_name='deadline'),
        ),
        migrations.AddField(
            model_name='edition',
            name='opened_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='opened at'),
        ),
        migrations.AddField(
            model_name='edition',
            name='state',
            field=models.CharField(choices=[('prepared', 'In preparation'), ('open', 'Open for proposals'), ('closed', 'Closed'), ('frozen', 'Frozen')], default='prepared', editable=False, max_length=8, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'open', 'closed', 'frozen'])), name='edition_state_known'),
        ),
        migrations.AddField(
            model_name='frozenedition',
            name='edition',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='frozen', to='catalogue.edition', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='editionentry',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='catalogue.frozenedition', verbose_name='frozen edition'),
        ),
        migrations.AddField(
            model_name='editiondocument',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='catalogue.frozenedition', verbose_name='frozen edition'),
        ),
        migrations.AddConstraint(
            model_name='editionentry',
            constraint=models.UniqueConstraint(fields=('edition', 'code'), name='practice_once_in_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='editiondocument',
            constraint=models.UniqueConstraint(fields=('edition', 'language', 'volume'), name='volume_once'),
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='edition',
            name='address',
            field=models.SlugField(blank=True, help_text='For example 2027; made from the year when left empty. It never changes.', max_length=80, unique=True, verbose_name='end of the address of its page'),
        ),
    ]
