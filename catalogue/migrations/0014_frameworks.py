import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0013_meetings'),
    ]

    operations = [
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(help_text='Why, in a few words, from what the record says.', max_length=300, verbose_name='reason')),
                ('reason_es', models.CharField(help_text='Why, in a few words, from what the record says.', max_length=300, null=True, verbose_name='reason')),
                ('reason_en', models.CharField(help_text='Why, in a few words, from what the record says.', max_length=300, null=True, verbose_name='reason')),
                ('reason_pt', models.CharField(help_text='Why, in a few words, from what the record says.', max_length=300, null=True, verbose_name='reason')),
                ('status', models.CharField(choices=[('proposed', 'the catalogue’s own, awaiting the secretariat’s confirmation'), ('confirmed', 'confirmed by the Technical Secretariat')], default='proposed', help_text='The Technical Secretariat alone confirms.', max_length=10, verbose_name='status')),
                ('confirmed_on', models.DateField(blank=True, help_text='The day on which the secretariat confirmed it.', null=True, verbose_name='confirmed on')),
            ],
            options={
                'verbose_name': 'classification',
                'verbose_name_plural': 'classifications by framework',
                'ordering': ['term'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='term',
            name='term_scheme_known',
        ),
        migrations.AddField(
            model_name='practice',
            name='guiding_principles',
            field=models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'principle'}, related_name='+', to='catalogue.term', verbose_name='guiding principles of the Global Compact for Migration'),
        ),
        migrations.AddField(
            model_name='practice',
            name='psdhm_programmes',
            field=models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'psdhm'}, related_name='+', to='catalogue.term', verbose_name='programmes of the South American plan (PSDHM)'),
        ),
        migrations.AddField(
            model_name='term',
            name='gloss',
            field=models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', verbose_name='gloss'),
        ),
        migrations.AddField(
            model_name='term',
            name='gloss_en',
            field=models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', null=True, verbose_name='gloss'),
        ),
        migrations.AddField(
            model_name='term',
            name='gloss_es',
            field=models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', null=True, verbose_name='gloss'),
        ),
        migrations.AddField(
            model_name='term',
            name='gloss_pt',
            field=models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', null=True, verbose_name='gloss'),
        ),
        migrations.AlterField(
            model_name='practice',
            name='gcm_objectives',
            field=models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'gcm'}, related_name='+', to='catalogue.term', verbose_name='objectives of the Global Compact for Migration'),
        ),
        migrations.AlterField(
            model_name='practice',
            name='sdg_targets',
            field=models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'sdg_target'}, related_name='+', to='catalogue.term', verbose_name='targets of the Sustainable Development Goals'),
        ),
        migrations.AlterField(
            model_name='term',
            name='scheme',
            field=models.CharField(choices=[('population', 'target population'), ('keyword', 'keyword'), ('gcm', 'objective of the Global Compact for Migration'), ('principle', 'guiding principle of the Global Compact for Migration'), ('sdg', 'Sustainable Development Goal'), ('sdg_target', 'target of a Sustainable Development Goal'), ('psdhm', 'programme of the South American Plan on Human Development of Migrations')], help_text='Where the term belongs.', max_length=12, verbose_name='vocabulary'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['population', 'keyword', 'gcm', 'principle', 'sdg', 'sdg_target', 'psdhm'])), name='term_scheme_known'),
        ),
        migrations.AddField(
            model_name='classification',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classifications', to='catalogue.practice', verbose_name='practice'),
        ),
        migrations.AddField(
            model_name='classification',
            name='term',
            field=models.ForeignKey(help_text='An objective or guiding principle of the Global Compact, a target, a programme of the plan.', limit_choices_to={'scheme__in': ['gcm', 'principle', 'sdg_target', 'psdhm']}, on_delete=django.db.models.deletion.PROTECT, related_name='classifications', to='catalogue.term', verbose_name='term'),
        ),
        migrations.AddConstraint(
            model_name='classification',
            constraint=models.UniqueConstraint(fields=('practice', 'term'), name='classified_once_by_each_term'),
        ),
        migrations.AddConstraint(
            model_name='classification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_on', None), ('status', 'proposed')), models.Q(('confirmed_on__isnull', False), ('status', 'confirmed')), _connector='OR'), name='confirmed_classification_has_its_day', violation_error_message='A confirmed classification, and no other, has the day of its confirmation.'),
        ),
    ]
