"""What the migrations of the catalogue make of an empty database, in one step.

Left out are the steps that only change rows which are there already. The columns stand in the order in which the single
steps made them, so that a table is the same whichever way it came to be.
"""

import catalogue.models.search
import datetime
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import networks.fields
import networks.partial_dates
from django.conf import settings
from django.db import migrations, models

ROLES = ('administrator', 'secretariat', 'reviewer', 'translator', 'focal_point', 'reader')
# ``pg_trgm`` comes with PostgreSQL, and the owner of a database may add it.
POSTGRES = [
    """ALTER TABLE catalogue_searchdocument ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', summary), 'B')
        || setweight(to_tsvector('simple', names), 'C') || setweight(to_tsvector('simple', body), 'D')) STORED""",
    "CREATE INDEX catalogue_searchdocument_vector ON catalogue_searchdocument USING gin (vector)",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX catalogue_vocabularyword_near ON catalogue_vocabularyword USING gist (word gist_trgm_ops)",
]
# An external-content table: the words stand once, in the document. If a later migration makes SQLite rebuild the
# table of documents, these triggers go with it and must be made again.
SQLITE = [
    """CREATE VIRTUAL TABLE catalogue_search USING fts5(title, summary, names, body,
        content='catalogue_searchdocument', content_rowid='practice_id', tokenize='unicode61 remove_diacritics 0')""",
    "INSERT INTO catalogue_search(catalogue_search, rank) VALUES ('rank', 'bm25(20.0, 8.0, 4.0, 1.0)')",
    """CREATE TRIGGER catalogue_search_insert AFTER INSERT ON catalogue_searchdocument BEGIN
        INSERT INTO catalogue_search(rowid, title, summary, names, body)
        VALUES (new.practice_id, new.title, new.summary, new.names, new.body); END""",
    """CREATE TRIGGER catalogue_search_delete AFTER DELETE ON catalogue_searchdocument BEGIN
        INSERT INTO catalogue_search(catalogue_search, rowid, title, summary, names, body)
        VALUES ('delete', old.practice_id, old.title, old.summary, old.names, old.body); END""",
    """CREATE TRIGGER catalogue_search_update AFTER UPDATE ON catalogue_searchdocument BEGIN
        INSERT INTO catalogue_search(catalogue_search, rowid, title, summary, names, body)
        VALUES ('delete', old.practice_id, old.title, old.summary, old.names, old.body);
        INSERT INTO catalogue_search(rowid, title, summary, names, body)
        VALUES (new.practice_id, new.title, new.summary, new.names, new.body); END""",
    # the spaces make trigrams of the ends of a word
    "CREATE VIRTUAL TABLE catalogue_vocabulary USING fts5(padded, tokenize='trigram')",
    """CREATE TRIGGER catalogue_vocabulary_insert AFTER INSERT ON catalogue_vocabularyword BEGIN
        INSERT INTO catalogue_vocabulary(rowid, padded) VALUES (new.id, '  ' || new.word || ' '); END""",
    """CREATE TRIGGER catalogue_vocabulary_delete AFTER DELETE ON catalogue_vocabularyword BEGIN
        DELETE FROM catalogue_vocabulary WHERE rowid = old.id; END""",
]
TRIGGERS = ('search_insert', 'search_delete', 'search_update', 'vocabulary_insert', 'vocabulary_delete')


def build(apps, schema_editor):
    """Give each database its own indexes of words, which follow their tables by themselves."""
    for statement in POSTGRES if schema_editor.connection.vendor == 'postgresql' else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Take the indexes away; on PostgreSQL they go with their tables, and the extension stays."""
    if schema_editor.connection.vendor == 'sqlite':
        for name in TRIGGERS:
            schema_editor.execute(f'DROP TRIGGER catalogue_{name}')
        for name in ('search', 'vocabulary'):
            schema_editor.execute(f'DROP TABLE catalogue_{name}')


def make_groups(apps, schema_editor):
    """A group per role; one that is there already stays, with its members."""
    groups = apps.get_model('auth', 'Group').objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class AllAtOnce(migrations.SeparateDatabaseAndState):
    """New tables, of which Django builds the models once and not anew, with all that they refer to, for each table."""

    def __init__(self, operations):
        super().__init__(operations, operations)

    def state_forwards(self, app_label, state):
        state.__dict__.pop('apps', None)  # else every table that is added makes Django render all its neighbours
        super().state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.database_operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.database_operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    replaces = [
        ('catalogue', '0001_initial'),
        ('catalogue', '0002_catalogue_version'),
        ('catalogue', '0003_search'),
        ('catalogue', '0004_catalogue_change'),
        ('catalogue', '0005_public_record'),
        ('catalogue', '0006_desk'),
        ('catalogue', '0007_roles'),
        ('catalogue', '0008_vocabulary'),
        ('catalogue', '0009_link_checks'),
        ('catalogue', '0010_autosave'),
        ('catalogue', '0011_translations'),
        ('catalogue', '0012_imports'),
        ('catalogue', '0013_meetings'),
        ('catalogue', '0014_frameworks'),
        ('catalogue', '0015_frameworks_terms'),
        ('catalogue', '0016_adaptations'),
        ('catalogue', '0017_editions'),
        ('catalogue', '0018_unsaved_work_settled'),
        ('catalogue', '0019_import_organisations'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('networks', '0001_squashed_0002_forums_meetings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AllAtOnce([
            migrations.CreateModel(
                name='CodeSequence',
                fields=[
                    ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                    ('last', models.PositiveIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(help_text='Used in files; never changes.', max_length=80, unique=True, verbose_name='slug')),
                    ('title', models.CharField(help_text='Official title, in its own language only.', max_length=300, verbose_name='title')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], help_text='Language of the publication.', max_length=2, verbose_name='language')),
                    ('publisher', models.CharField(help_text='For example IOM.', max_length=200, verbose_name='publisher')),
                    ('publisher_es', models.CharField(help_text='For example IOM.', max_length=200, null=True, verbose_name='publisher')),
                    ('publisher_en', models.CharField(help_text='For example IOM.', max_length=200, null=True, verbose_name='publisher')),
                    ('publisher_pt', models.CharField(help_text='For example IOM.', max_length=200, null=True, verbose_name='publisher')),
                    ('year', models.PositiveSmallIntegerField(help_text='Year of the edition.', verbose_name='year')),
                    ('event', models.CharField(blank=True, help_text='Where it was presented.', max_length=300, verbose_name='event')),
                    ('event_es', models.CharField(blank=True, help_text='Where it was presented.', max_length=300, null=True, verbose_name='event')),
                    ('event_en', models.CharField(blank=True, help_text='Where it was presented.', max_length=300, null=True, verbose_name='event')),
                    ('event_pt', models.CharField(blank=True, help_text='Where it was presented.', max_length=300, null=True, verbose_name='event')),
                    ('author', models.CharField(blank=True, help_text='As printed in the imprint.', max_length=200, verbose_name='author')),
                    ('licence', models.CharField(help_text='For example CC BY-NC-ND 3.0 IGO.', max_length=100, verbose_name='licence')),
                    ('licence_url', networks.fields.WebAddressField(blank=True, help_text='Where the licence can be read.', max_length=500, verbose_name='address of the licence')),
                    ('attribution', models.TextField(blank=True, help_text='Verbatim, as printed.', verbose_name='required attribution')),
                    ('citation', models.TextField(help_text='The publication itself, not this catalogue.', verbose_name='how to cite it')),
                    ('citation_es', models.TextField(help_text='The publication itself, not this catalogue.', null=True, verbose_name='how to cite it')),
                    ('citation_en', models.TextField(help_text='The publication itself, not this catalogue.', null=True, verbose_name='how to cite it')),
                    ('citation_pt', models.TextField(help_text='The publication itself, not this catalogue.', null=True, verbose_name='how to cite it')),
                    ('url', networks.fields.WebAddressField(blank=True, help_text='Where the publication or its publisher can be found.', max_length=500, verbose_name='address')),
                    ('address', models.SlugField(blank=True, db_index=False, help_text='For example 2027; made from the year when left empty. It never changes.', max_length=80, verbose_name='end of the address of its page')),
                    ('call', models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', verbose_name='call for practices')),
                    ('call_en', models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', null=True, verbose_name='call for practices')),
                    ('call_es', models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', null=True, verbose_name='call for practices')),
                    ('call_pt', models.TextField(blank=True, help_text='What is looked for and by whom it is chosen. Shown on the page of the call; needed to open it.', null=True, verbose_name='call for practices')),
                    ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='closed at')),
                    ('deadline', models.DateField(blank=True, help_text='Last day on which focal points may propose practices (until midnight, UTC); needed to open it.', null=True, verbose_name='deadline')),
                    ('opened_at', models.DateTimeField(editable=False, null=True, verbose_name='opened at')),
                    ('state', models.CharField(choices=[('prepared', 'In preparation'), ('open', 'Open for proposals'), ('closed', 'Closed'), ('frozen', 'Frozen')], default='prepared', editable=False, max_length=8, verbose_name='state')),
                ],
                options={
                    'verbose_name': 'edition',
                    'verbose_name_plural': 'editions',
                    'ordering': ['-year', 'slug'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'open', 'closed', 'frozen'])), name='edition_state_known')],
                },
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='As people should read it in this language.', max_length=300, verbose_name='name')),
                    ('name_es', models.CharField(help_text='As people should read it in this language.', max_length=300, null=True, verbose_name='name')),
                    ('name_en', models.CharField(help_text='As people should read it in this language.', max_length=300, null=True, verbose_name='name')),
                    ('name_pt', models.CharField(help_text='As people should read it in this language.', max_length=300, null=True, verbose_name='name')),
                    ('origin_es', models.CharField(blank=True, choices=[('printed', 'as the source prints it'), ('official', 'official wording'), ('unverified', 'official wording, not yet checked against the source'), ('derived', 'read from another source'), ('catalogue', 'rendering by this catalogue')], help_text='Official names are not translated freely: say where this wording comes from.', max_length=10, verbose_name='origin of the Spanish name')),
                    ('origin_en', models.CharField(blank=True, choices=[('printed', 'as the source prints it'), ('official', 'official wording'), ('unverified', 'official wording, not yet checked against the source'), ('derived', 'read from another source'), ('catalogue', 'rendering by this catalogue')], help_text='Official names are not translated freely: say where this wording comes from.', max_length=10, verbose_name='origin of the English name')),
                    ('origin_pt', models.CharField(blank=True, choices=[('printed', 'as the source prints it'), ('official', 'official wording'), ('unverified', 'official wording, not yet checked against the source'), ('derived', 'read from another source'), ('catalogue', 'rendering by this catalogue')], help_text='Official names are not translated freely: say where this wording comes from.', max_length=10, verbose_name='origin of the Portuguese name')),
                    ('slug', models.SlugField(help_text='Used in files; never changes.', max_length=100, unique=True, verbose_name='slug')),
                    ('acronym', models.CharField(blank=True, help_text='For example UNHCR / ACNUR.', max_length=30, verbose_name='acronym')),
                    ('kind', models.CharField(choices=[('government', 'government body'), ('international', 'international organisation'), ('civil_society', 'civil society'), ('social_partner', 'workers’ or employers’ organisation'), ('academia', 'academia'), ('media', 'media'), ('programme', 'programme'), ('other', 'other')], help_text='Sector it belongs to.', max_length=15, verbose_name='kind')),
                    ('official_language', models.CharField(blank=True, choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], help_text='The name in this language is shown first; the others are glosses.', max_length=2, verbose_name='language of the official name')),
                    ('country', models.ForeignKey(blank=True, help_text='Empty for international organisations and for bodies of States outside the Conference.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='networks.country', verbose_name='country')),
                ],
                options={
                    'verbose_name': 'organisation',
                    'verbose_name_plural': 'organisations',
                    'ordering': ['slug'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['government', 'international', 'civil_society', 'social_partner', 'academia', 'media', 'programme', 'other'])), name='organisation_kind_known')],
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(help_text='Used in files; never changes.', max_length=100, unique=True, verbose_name='slug')),
                    ('office', models.TextField(help_text='The office and the bodies above it; no person’s name.', verbose_name='office')),
                    ('office_es', models.TextField(help_text='The office and the bodies above it; no person’s name.', null=True, verbose_name='office')),
                    ('office_en', models.TextField(help_text='The office and the bodies above it; no person’s name.', null=True, verbose_name='office')),
                    ('office_pt', models.TextField(help_text='The office and the bodies above it; no person’s name.', null=True, verbose_name='office')),
                    ('note', models.TextField(blank=True, help_text='What a reader should know about this office.', verbose_name='note')),
                    ('note_es', models.TextField(blank=True, help_text='What a reader should know about this office.', null=True, verbose_name='note')),
                    ('note_en', models.TextField(blank=True, help_text='What a reader should know about this office.', null=True, verbose_name='note')),
                    ('note_pt', models.TextField(blank=True, help_text='What a reader should know about this office.', null=True, verbose_name='note')),
                    ('email', models.EmailField(blank=True, help_text='A shared mailbox of the office, never a person’s address.', max_length=254, verbose_name='role mailbox')),
                    ('consent_to_publish', models.BooleanField(default=False, help_text='Tick only when the office has agreed that its mailbox is shown.', verbose_name='consents to publication')),
                    ('consent_date', models.DateField(blank=True, help_text='Required with the consent.', null=True, verbose_name='date of the consent')),
                    ('consent_note', models.CharField(blank=True, help_text='Where the consent can be read.', max_length=200, verbose_name='proof of the consent')),
                    ('via', models.ForeignKey(blank=True, help_text='Usually the Technical Secretariat; empty for an office that is written to directly.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='catalogue.contact', verbose_name='reached through')),
                    ('organisation', models.ForeignKey(blank=True, help_text='The body to which the office belongs.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='catalogue.organisation', verbose_name='organisation')),
                ],
                options={
                    'verbose_name': 'contact',
                    'verbose_name_plural': 'contacts',
                    'ordering': ['slug'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('consent_to_publish', False), ('consent_date__isnull', False), _connector='OR'), name='contact_consent_is_dated', violation_error_message='A consent needs its date.')],
                },
            ),
            migrations.CreateModel(
                name='Practice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(help_text='What it is; acronym in brackets at the end.', max_length=400, verbose_name='title')),
                    ('title_es', models.CharField(help_text='What it is; acronym in brackets at the end.', max_length=400, null=True, verbose_name='title')),
                    ('title_en', models.CharField(help_text='What it is; acronym in brackets at the end.', max_length=400, null=True, verbose_name='title')),
                    ('title_pt', models.CharField(help_text='What it is; acronym in brackets at the end.', max_length=400, null=True, verbose_name='title')),
                    ('short_title', models.CharField(blank=True, help_text='For lists, when the title is long; 90 characters.', max_length=90, verbose_name='short title')),
                    ('short_title_es', models.CharField(blank=True, help_text='For lists, when the title is long; 90 characters.', max_length=90, null=True, verbose_name='short title')),
                    ('short_title_en', models.CharField(blank=True, help_text='For lists, when the title is long; 90 characters.', max_length=90, null=True, verbose_name='short title')),
                    ('short_title_pt', models.CharField(blank=True, help_text='For lists, when the title is long; 90 characters.', max_length=90, null=True, verbose_name='short title')),
                    ('summary', models.TextField(blank=True, help_text='One or two sentences that can be read alone: who does what, to what effect. 320 characters.', validators=[django.core.validators.MaxLengthValidator(320)], verbose_name='summary')),
                    ('summary_es', models.TextField(blank=True, help_text='One or two sentences that can be read alone: who does what, to what effect. 320 characters.', null=True, validators=[django.core.validators.MaxLengthValidator(320)], verbose_name='summary')),
                    ('summary_en', models.TextField(blank=True, help_text='One or two sentences that can be read alone: who does what, to what effect. 320 characters.', null=True, validators=[django.core.validators.MaxLengthValidator(320)], verbose_name='summary')),
                    ('summary_pt', models.TextField(blank=True, help_text='One or two sentences that can be read alone: who does what, to what effect. 320 characters.', null=True, validators=[django.core.validators.MaxLengthValidator(320)], verbose_name='summary')),
                    ('objective', models.TextField(blank=True, help_text='What it wants to achieve.', verbose_name='objective')),
                    ('objective_es', models.TextField(blank=True, help_text='What it wants to achieve.', null=True, verbose_name='objective')),
                    ('objective_en', models.TextField(blank=True, help_text='What it wants to achieve.', null=True, verbose_name='objective')),
                    ('objective_pt', models.TextField(blank=True, help_text='What it wants to achieve.', null=True, verbose_name='objective')),
                    ('description', models.TextField(blank=True, help_text='Its components, step by step. Lists begin with “- ”.', verbose_name='what it does')),
                    ('description_es', models.TextField(blank=True, help_text='Its components, step by step. Lists begin with “- ”.', null=True, verbose_name='what it does')),
                    ('description_en', models.TextField(blank=True, help_text='Its components, step by step. Lists begin with “- ”.', null=True, verbose_name='what it does')),
                    ('description_pt', models.TextField(blank=True, help_text='Its components, step by step. Lists begin with “- ”.', null=True, verbose_name='what it does')),
                    ('outcomes', models.TextField(blank=True, help_text='Effects without a figure; figures have their own table.', verbose_name='results in words')),
                    ('outcomes_es', models.TextField(blank=True, help_text='Effects without a figure; figures have their own table.', null=True, verbose_name='results in words')),
                    ('outcomes_en', models.TextField(blank=True, help_text='Effects without a figure; figures have their own table.', null=True, verbose_name='results in words')),
                    ('outcomes_pt', models.TextField(blank=True, help_text='Effects without a figure; figures have their own table.', null=True, verbose_name='results in words')),
                    ('innovation', models.TextField(blank=True, help_text='What was new, and for whom.', verbose_name='innovation')),
                    ('innovation_es', models.TextField(blank=True, help_text='What was new, and for whom.', null=True, verbose_name='innovation')),
                    ('innovation_en', models.TextField(blank=True, help_text='What was new, and for whom.', null=True, verbose_name='innovation')),
                    ('innovation_pt', models.TextField(blank=True, help_text='What was new, and for whom.', null=True, verbose_name='innovation')),
                    ('replicability', models.TextField(blank=True, help_text='What another State would need to do the same.', verbose_name='replicability')),
                    ('replicability_es', models.TextField(blank=True, help_text='What another State would need to do the same.', null=True, verbose_name='replicability')),
                    ('replicability_en', models.TextField(blank=True, help_text='What another State would need to do the same.', null=True, verbose_name='replicability')),
                    ('replicability_pt', models.TextField(blank=True, help_text='What another State would need to do the same.', null=True, verbose_name='replicability')),
                    ('sustainability', models.TextField(blank=True, help_text='What keeps it going.', verbose_name='sustainability')),
                    ('sustainability_es', models.TextField(blank=True, help_text='What keeps it going.', null=True, verbose_name='sustainability')),
                    ('sustainability_en', models.TextField(blank=True, help_text='What keeps it going.', null=True, verbose_name='sustainability')),
                    ('sustainability_pt', models.TextField(blank=True, help_text='What keeps it going.', null=True, verbose_name='sustainability')),
                    ('limits', models.TextField(blank=True, help_text='What is still missing or planned, as the source tells it.', verbose_name='limits and next steps')),
                    ('limits_es', models.TextField(blank=True, help_text='What is still missing or planned, as the source tells it.', null=True, verbose_name='limits and next steps')),
                    ('limits_en', models.TextField(blank=True, help_text='What is still missing or planned, as the source tells it.', null=True, verbose_name='limits and next steps')),
                    ('limits_pt', models.TextField(blank=True, help_text='What is still missing or planned, as the source tells it.', null=True, verbose_name='limits and next steps')),
                    ('frameworks', models.TextField(blank=True, help_text='Agreements and approaches the source names.', verbose_name='frameworks and approaches')),
                    ('frameworks_es', models.TextField(blank=True, help_text='Agreements and approaches the source names.', null=True, verbose_name='frameworks and approaches')),
                    ('frameworks_en', models.TextField(blank=True, help_text='Agreements and approaches the source names.', null=True, verbose_name='frameworks and approaches')),
                    ('frameworks_pt', models.TextField(blank=True, help_text='Agreements and approaches the source names.', null=True, verbose_name='frameworks and approaches')),
                    ('population_detail', models.TextField(blank=True, help_text='Whom it is for, as exactly as the source says.', verbose_name='target populations in words')),
                    ('population_detail_es', models.TextField(blank=True, help_text='Whom it is for, as exactly as the source says.', null=True, verbose_name='target populations in words')),
                    ('population_detail_en', models.TextField(blank=True, help_text='Whom it is for, as exactly as the source says.', null=True, verbose_name='target populations in words')),
                    ('population_detail_pt', models.TextField(blank=True, help_text='Whom it is for, as exactly as the source says.', null=True, verbose_name='target populations in words')),
                    ('scope_note', models.TextField(blank=True, help_text='For example: only at certain border posts.', verbose_name='note on the scope')),
                    ('scope_note_es', models.TextField(blank=True, help_text='For example: only at certain border posts.', null=True, verbose_name='note on the scope')),
                    ('scope_note_en', models.TextField(blank=True, help_text='For example: only at certain border posts.', null=True, verbose_name='note on the scope')),
                    ('scope_note_pt', models.TextField(blank=True, help_text='For example: only at certain border posts.', null=True, verbose_name='note on the scope')),
                    ('period_note', models.TextField(blank=True, help_text='For example: the decree itself is dated 24 October 2016.', verbose_name='note on the period')),
                    ('period_note_es', models.TextField(blank=True, help_text='For example: the decree itself is dated 24 October 2016.', null=True, verbose_name='note on the period')),
                    ('period_note_en', models.TextField(blank=True, help_text='For example: the decree itself is dated 24 October 2016.', null=True, verbose_name='note on the period')),
                    ('period_note_pt', models.TextField(blank=True, help_text='For example: the decree itself is dated 24 October 2016.', null=True, verbose_name='note on the period')),
                    ('code', models.CharField(blank=True, help_text='Permanent; given by the catalogue when left empty.', max_length=16, unique=True, validators=[django.core.validators.RegexValidator('^CSM-[0-9]{4}-[0-9]{3,}\\Z', 'A code is written CSM-2023-001.')], verbose_name='code')),
                    ('slug', models.SlugField(blank=True, help_text='End of the address; made from the title when left empty. It never changes.', max_length=100, unique=True, verbose_name='slug')),
                    ('acronym', models.CharField(blank=True, help_text='For example REDAVIT.', max_length=30, verbose_name='acronym')),
                    ('scope', models.CharField(choices=[('national', 'National'), ('subnational', 'Subnational'), ('local', 'Local'), ('border', 'Border'), ('consular', 'Consular, abroad'), ('regional', 'Regional, several States')], help_text='The widest reach it has today.', max_length=12, verbose_name='scope')),
                    ('start', models.CharField(blank=True, help_text='2015, 2023-04 or 2022-09-15; empty when the source does not state it.', max_length=10, validators=[networks.partial_dates.validate_partial_date], verbose_name='start')),
                    ('end', models.CharField(blank=True, help_text='Like the start; two dots (..) while it goes on; empty when the source does not state it.', max_length=10, validators=[networks.partial_dates.validate_end], verbose_name='end')),
                    ('runs_from', models.DateField(editable=False, null=True, verbose_name='first possible day')),
                    ('runs_until', models.DateField(editable=False, null=True, verbose_name='last possible day')),
                    ('status', models.CharField(choices=[('planned', 'Planned'), ('pilot', 'Pilot'), ('ongoing', 'Ongoing'), ('ended', 'Ended'), ('unknown', 'Unknown')], default='unknown', help_text='As the source of the edition says; the page adds the year of that source.', max_length=10, verbose_name='operational status')),
                    ('hotline', models.CharField(blank=True, help_text='Number people may call, for example 145.', max_length=20, verbose_name='hotline')),
                    ('evidence', models.CharField(blank=True, choices=[('described', 'Described by the institution, without figures on effects'), ('figures', 'Figures given by the institution'), ('evaluated', 'Evaluated independently')], help_text='Classification by the Technical Secretariat; empty when nobody has assessed it.', max_length=10, verbose_name='evidence level')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('archived', 'Archived')], default='draft', help_text='Only published practices are public.', max_length=17, verbose_name='editorial state')),
                    ('original_language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], default='es', help_text='The language in which the record was first written.', max_length=2, verbose_name='original language')),
                    ('translation_status_es', models.CharField(choices=[('original', 'original'), ('human', 'translation by the institution'), ('catalogue', 'translation by this catalogue'), ('machine', 'machine translation, not reviewed'), ('outdated', 'translation older than the original'), ('missing', 'missing')], default='missing', help_text='Shown to readers beside the language.', max_length=10, verbose_name='status of the Spanish texts')),
                    ('translation_status_en', models.CharField(choices=[('original', 'original'), ('human', 'translation by the institution'), ('catalogue', 'translation by this catalogue'), ('machine', 'machine translation, not reviewed'), ('outdated', 'translation older than the original'), ('missing', 'missing')], default='missing', help_text='Shown to readers beside the language.', max_length=10, verbose_name='status of the English texts')),
                    ('translation_status_pt', models.CharField(choices=[('original', 'original'), ('human', 'translation by the institution'), ('catalogue', 'translation by this catalogue'), ('machine', 'machine translation, not reviewed'), ('outdated', 'translation older than the original'), ('missing', 'missing')], default='missing', help_text='Shown to readers beside the language.', max_length=10, verbose_name='status of the Portuguese texts')),
                    ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                    ('updated', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='updated')),
                    ('contact', models.ForeignKey(blank=True, help_text='The office that answers questions.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='catalogue.contact', verbose_name='contact')),
                    ('edition', models.ForeignKey(blank=True, help_text='The publication from which the facts come.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='practices', to='catalogue.edition', verbose_name='edition')),
                    ('countries', models.ManyToManyField(related_name='practices', through='catalogue.PracticeCountry', to='networks.country', verbose_name='countries')),
                    ('networks', models.ManyToManyField(related_name='practices', through='catalogue.PracticeNetwork', to='networks.network', verbose_name='networks')),
                    ('organisations', models.ManyToManyField(related_name='practices', through='catalogue.PracticeOrganisation', to='catalogue.organisation', verbose_name='organisations')),
                    ('gcm_objectives', models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'gcm'}, related_name='+', to='catalogue.term', verbose_name='objectives of the Global Compact for Migration')),
                    ('keywords', models.ManyToManyField(blank=True, help_text='Five to eight; take existing ones first.', limit_choices_to={'scheme': 'keyword'}, related_name='+', to='catalogue.term', verbose_name='keywords')),
                    ('populations', models.ManyToManyField(blank=True, help_text='For filters; the words stand above.', limit_choices_to={'scheme': 'population'}, related_name='+', to='catalogue.term', verbose_name='target populations')),
                    ('sdg_targets', models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'sdg_target'}, related_name='+', to='catalogue.term', verbose_name='targets of the Sustainable Development Goals')),
                    ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                    ('last_verified', models.DateField(blank=True, editable=False, null=True, verbose_name='last verified')),
                    ('limits_none_reported', models.BooleanField(default=False, help_text='Tick it when “Limits and next steps” stays empty.', verbose_name='the source reports no limits')),
                    ('next_review', models.DateField(blank=True, editable=False, null=True, verbose_name='next review due')),
                    ('period_not_stated', models.BooleanField(default=False, help_text='Tick it when start and end stay empty.', verbose_name='the source states no period')),
                    ('publish_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='to be published at')),
                    ('published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='published at')),
                    ('revision_of', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='revision', to='catalogue.practice', verbose_name='revision of')),
                    ('scheduled_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='scheduled by')),
                    ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in this state since')),
                    ('submitted_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='submitted by')),
                    ('unpublish_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='to be withdrawn at')),
                    ('verified_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='verified by')),
                    ('version', models.PositiveIntegerField(default=0, editable=False, verbose_name='published version')),
                    ('reviewer', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                    ('outdated_since_en', models.DateField(blank=True, editable=False, null=True, verbose_name='English texts outdated since')),
                    ('outdated_since_es', models.DateField(blank=True, editable=False, null=True, verbose_name='Spanish texts outdated since')),
                    ('outdated_since_pt', models.DateField(blank=True, editable=False, null=True, verbose_name='Portuguese texts outdated since')),
                    ('outdated_texts', models.JSONField(blank=True, default=dict, editable=False, verbose_name='outdated texts')),
                    ('reminded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='focal points reminded on')),
                    ('guiding_principles', models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'principle'}, related_name='+', to='catalogue.term', verbose_name='guiding principles of the Global Compact for Migration')),
                    ('psdhm_programmes', models.ManyToManyField(blank=True, help_text='Kept in step with the classifications below, which hold the reason of each.', limit_choices_to={'scheme': 'psdhm'}, related_name='+', to='catalogue.term', verbose_name='programmes of the South American plan (PSDHM)')),
                ],
                options={
                    'verbose_name': 'practice',
                    'verbose_name_plural': 'practices',
                    'ordering': ['code'],
                    'indexes': [models.Index(fields=['state', 'runs_from'], name='catalogue_p_state_198249_idx'), models.Index(fields=['state', 'updated'], name='catalogue_p_state_f47207_idx'), models.Index(fields=['state', 'code', 'scope', 'status', 'evidence'], name='practice_choices')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'changes_requested', 'published', 'archived'])), name='practice_state_known'), models.CheckConstraint(condition=models.Q(('scope__in', ['national', 'subnational', 'local', 'border', 'consular', 'regional'])), name='practice_scope_known'), models.CheckConstraint(condition=models.Q(('status__in', ['planned', 'pilot', 'ongoing', 'ended', 'unknown'])), name='practice_status_known'), models.CheckConstraint(condition=models.Q(('runs_from', None), ('runs_until__gte', models.F('runs_from')), _connector='OR'), name='practice_ends_after_it_starts', violation_error_message='The end is before the start.'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('slug', ''), _negated=True)), name='practice_has_an_address'), models.CheckConstraint(condition=models.Q(('revision_of', None), ('state__in', ('draft', 'in_review', 'changes_requested')), _connector='OR'), name='revision_is_never_public')],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('name', models.CharField(help_text='As it is called there, for example Uruguaiana.', max_length=200, verbose_name='name')),
                    ('name_es', models.CharField(help_text='As it is called there, for example Uruguaiana.', max_length=200, null=True, verbose_name='name')),
                    ('name_en', models.CharField(help_text='As it is called there, for example Uruguaiana.', max_length=200, null=True, verbose_name='name')),
                    ('name_pt', models.CharField(help_text='As it is called there, for example Uruguaiana.', max_length=200, null=True, verbose_name='name')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'place',
                    'verbose_name_plural': 'places',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'order'), name='place_order_once')],
                },
            ),
            migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('label', models.CharField(help_text='Says where it leads.', max_length=300, verbose_name='label')),
                    ('label_es', models.CharField(help_text='Says where it leads.', max_length=300, null=True, verbose_name='label')),
                    ('label_en', models.CharField(help_text='Says where it leads.', max_length=300, null=True, verbose_name='label')),
                    ('label_pt', models.CharField(help_text='Says where it leads.', max_length=300, null=True, verbose_name='label')),
                    ('url', networks.fields.WebAddressField(blank=True, help_text='Empty when the source gives none.', max_length=500, verbose_name='address')),
                    ('kind', models.CharField(choices=[('official', 'official page'), ('legal_text', 'legal text'), ('news', 'news'), ('service', 'service'), ('data', 'data'), ('home_page', 'home page'), ('document', 'document'), ('third_party', 'third party'), ('video', 'video')], help_text='What it leads to.', max_length=12, verbose_name='kind')),
                    ('status', models.CharField(choices=[('printed', 'printed in the source'), ('completed', 'printed without https://, completed here'), ('bibliography', 'taken from the bibliography of the source'), ('label_only', 'the source prints no address'), ('external', 'the source prints no address; this one was found by the editors'), ('suspect', 'printed with an error, not published as a link')], default='printed', help_text='How the source gives the address.', max_length=12, verbose_name='state of the address')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], help_text='Language of the page it leads to: es, en, pt.', max_length=2, verbose_name='language')),
                    ('note', models.TextField(blank=True, help_text='What a reader should know before following it.', verbose_name='note')),
                    ('note_es', models.TextField(blank=True, help_text='What a reader should know before following it.', null=True, verbose_name='note')),
                    ('note_en', models.TextField(blank=True, help_text='What a reader should know before following it.', null=True, verbose_name='note')),
                    ('note_pt', models.TextField(blank=True, help_text='What a reader should know before following it.', null=True, verbose_name='note')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'link',
                    'verbose_name_plural': 'links',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'order'), name='link_order_once'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'label_only'), ('url', '')), models.Q(models.Q(('url', ''), _negated=True), models.Q(('status', 'label_only'), _negated=True)), _connector='OR'), name='link_without_address_says_so', violation_error_message='A link without an address must say that the source prints none.')],
                },
            ),
            migrations.CreateModel(
                name='LegalInstrument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('title', models.CharField(help_text='Official title; a gloss in other languages.', max_length=400, verbose_name='title')),
                    ('title_es', models.CharField(help_text='Official title; a gloss in other languages.', max_length=400, null=True, verbose_name='title')),
                    ('title_en', models.CharField(help_text='Official title; a gloss in other languages.', max_length=400, null=True, verbose_name='title')),
                    ('title_pt', models.CharField(help_text='Official title; a gloss in other languages.', max_length=400, null=True, verbose_name='title')),
                    ('number', models.CharField(blank=True, help_text='For example 26.842 or 476/2021.', max_length=60, verbose_name='number')),
                    ('date', models.CharField(blank=True, help_text='2015, 2023-04 or 2022-09-15; empty when the source does not state it.', max_length=10, validators=[networks.partial_dates.validate_partial_date], verbose_name='date')),
                    ('kind', models.CharField(choices=[('constitution', 'constitution'), ('act', 'act'), ('decree', 'decree'), ('resolution', 'resolution'), ('ministerial_agreement', 'ministerial agreement'), ('regulation', 'regulation'), ('agreement', 'agreement'), ('protocol', 'protocol'), ('policy', 'policy'), ('plan', 'plan'), ('strategy', 'strategy'), ('visa', 'visa category')], help_text='Rank of the text.', max_length=22, verbose_name='kind')),
                    ('url', networks.fields.WebAddressField(blank=True, help_text='Where the text can be read; empty when the source gives none.', max_length=500, verbose_name='address')),
                    ('note', models.TextField(blank=True, help_text='What a reader should know about this text.', verbose_name='note')),
                    ('note_es', models.TextField(blank=True, help_text='What a reader should know about this text.', null=True, verbose_name='note')),
                    ('note_en', models.TextField(blank=True, help_text='What a reader should know about this text.', null=True, verbose_name='note')),
                    ('note_pt', models.TextField(blank=True, help_text='What a reader should know about this text.', null=True, verbose_name='note')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='legal_instruments', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'legal instrument',
                    'verbose_name_plural': 'legal instruments',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'order'), name='legal_instrument_order_once')],
                },
            ),
            migrations.CreateModel(
                name='EditorsNote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('field', models.CharField(choices=[('title', 'Title'), ('period', 'Period'), ('status', 'Operational status'), ('scope', 'Scope'), ('places', 'Places'), ('objective', 'Objective'), ('description', 'What it does'), ('results', 'Results'), ('outcomes', 'Results in words'), ('innovation', 'Innovation'), ('population_detail', 'Target populations'), ('frameworks', 'Frameworks and approaches'), ('organisations', 'Organisations'), ('legal', 'Legal basis'), ('links', 'Links'), ('references', 'Sources'), ('contact', 'Contact')], help_text='Part of the record.', max_length=20, verbose_name='concerns')),
                    ('source_prints', models.CharField(blank=True, help_text='Verbatim and short; empty when it is silent.', max_length=300, verbose_name='the source prints')),
                    ('source_language', models.CharField(blank=True, choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], help_text='Language of the words quoted.', max_length=2, verbose_name='language of the source')),
                    ('shows', models.TextField(help_text='What the record says instead.', verbose_name='the catalogue shows')),
                    ('shows_es', models.TextField(help_text='What the record says instead.', null=True, verbose_name='the catalogue shows')),
                    ('shows_en', models.TextField(help_text='What the record says instead.', null=True, verbose_name='the catalogue shows')),
                    ('shows_pt', models.TextField(help_text='What the record says instead.', null=True, verbose_name='the catalogue shows')),
                    ('reason', models.TextField(help_text='Why, in one or two sentences.', verbose_name='reason')),
                    ('reason_es', models.TextField(help_text='Why, in one or two sentences.', null=True, verbose_name='reason')),
                    ('reason_en', models.TextField(help_text='Why, in one or two sentences.', null=True, verbose_name='reason')),
                    ('reason_pt', models.TextField(help_text='Why, in one or two sentences.', null=True, verbose_name='reason')),
                    ('anomaly', models.CharField(blank=True, help_text='For example A105.', max_length=6, verbose_name='number in the list of anomalies')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editors_notes', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'editor’s note',
                    'verbose_name_plural': 'editor’s notes',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'order'), name='editors_note_order_once')],
                },
            ),
            migrations.CreateModel(
                name='PracticeCountry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('role', models.CharField(choices=[('implementing', 'implements it'), ('border', 'counterpart across the border'), ('origin', 'country of origin'), ('destination', 'country of destination'), ('eligible_nationals', 'its nationals are eligible')], default='implementing', help_text='Only States that implement it count the practice as theirs.', max_length=20, verbose_name='role')),
                    ('note', models.CharField(blank=True, help_text='Why this State is named.', max_length=300, verbose_name='note')),
                    ('note_es', models.CharField(blank=True, help_text='Why this State is named.', max_length=300, null=True, verbose_name='note')),
                    ('note_en', models.CharField(blank=True, help_text='Why this State is named.', max_length=300, null=True, verbose_name='note')),
                    ('note_pt', models.CharField(blank=True, help_text='Why this State is named.', max_length=300, null=True, verbose_name='note')),
                    ('country', models.ForeignKey(help_text='A member State.', on_delete=django.db.models.deletion.PROTECT, to='networks.country', verbose_name='country')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_countries', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'country',
                    'verbose_name_plural': 'countries',
                    'ordering': ['order', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'country', 'role'), name='country_role_once_per_practice'), models.CheckConstraint(condition=models.Q(('role__in', ['implementing', 'border', 'origin', 'destination', 'eligible_nationals'])), name='country_role_known')],
                },
            ),
            migrations.CreateModel(
                name='PracticeNetwork',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('network', models.ForeignKey(help_text='The first one is the primary network.', on_delete=django.db.models.deletion.PROTECT, to='networks.network', verbose_name='network')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_networks', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'network',
                    'verbose_name_plural': 'networks (the first is the primary one)',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'network'), name='network_once_per_practice'), models.UniqueConstraint(fields=('practice', 'order'), name='practice_network_order_once')],
                },
            ),
            migrations.CreateModel(
                name='PracticeOrganisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('role', models.CharField(choices=[('lead', 'Implementing entity'), ('partner', 'Partner'), ('funder', 'Funder'), ('technical_assistance', 'Technical assistance')], help_text='The entity that implements it comes first.', max_length=20, verbose_name='role')),
                    ('detail', models.CharField(blank=True, help_text='For example: trains the consular staff.', max_length=400, verbose_name='what it does')),
                    ('detail_es', models.CharField(blank=True, help_text='For example: trains the consular staff.', max_length=400, null=True, verbose_name='what it does')),
                    ('detail_en', models.CharField(blank=True, help_text='For example: trains the consular staff.', max_length=400, null=True, verbose_name='what it does')),
                    ('detail_pt', models.CharField(blank=True, help_text='For example: trains the consular staff.', max_length=400, null=True, verbose_name='what it does')),
                    ('organisation', models.ForeignKey(help_text='Add it to the list if it is new.', on_delete=django.db.models.deletion.PROTECT, to='catalogue.organisation', verbose_name='organisation')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_organisations', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'organisation',
                    'verbose_name_plural': 'organisations',
                    'ordering': ['order', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'organisation', 'role'), name='organisation_role_once_per_practice'), models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'partner', 'funder', 'technical_assistance'])), name='organisation_role_known')],
                },
            ),
            migrations.CreateModel(
                name='PracticeScope',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scope', models.CharField(choices=[('national', 'National'), ('subnational', 'Subnational'), ('local', 'Local'), ('border', 'Border'), ('consular', 'Consular, abroad'), ('regional', 'Regional, several States')], help_text='Found by the filter as well.', max_length=12, verbose_name='scope')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='further_scopes', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'further scope',
                    'verbose_name_plural': 'further scopes',
                    'ordering': ['scope'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'scope'), name='scope_once_per_practice'), models.CheckConstraint(condition=models.Q(('scope__in', ['national', 'subnational', 'local', 'border', 'consular', 'regional'])), name='further_scope_known')],
                },
            ),
            migrations.CreateModel(
                name='Reference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(help_text='Place in the bibliography.', verbose_name='number')),
                    ('author', models.CharField(help_text='As printed.', max_length=200, verbose_name='author')),
                    ('year', models.PositiveSmallIntegerField(blank=True, help_text='Year of the document.', null=True, verbose_name='year')),
                    ('title', models.CharField(help_text='As printed, in its own language.', max_length=300, verbose_name='title')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], help_text='Language of the document.', max_length=2, verbose_name='language')),
                    ('url', networks.fields.WebAddressField(blank=True, help_text='Empty when the source gives none.', max_length=500, verbose_name='address')),
                    ('note', models.TextField(blank=True, help_text='What a reader should know about this entry.', verbose_name='note')),
                    ('note_es', models.TextField(blank=True, help_text='What a reader should know about this entry.', null=True, verbose_name='note')),
                    ('note_en', models.TextField(blank=True, help_text='What a reader should know about this entry.', null=True, verbose_name='note')),
                    ('note_pt', models.TextField(blank=True, help_text='What a reader should know about this entry.', null=True, verbose_name='note')),
                    ('edition', models.ForeignKey(help_text='The publication whose bibliography lists it.', on_delete=django.db.models.deletion.PROTECT, related_name='references', to='catalogue.edition', verbose_name='edition')),
                ],
                options={
                    'verbose_name': 'reference',
                    'verbose_name_plural': 'references',
                    'ordering': ['edition', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='reference_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Citation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('author', models.CharField(help_text='Institution that supplied the information.', max_length=300, verbose_name='author')),
                    ('author_es', models.CharField(help_text='Institution that supplied the information.', max_length=300, null=True, verbose_name='author')),
                    ('author_en', models.CharField(help_text='Institution that supplied the information.', max_length=300, null=True, verbose_name='author')),
                    ('author_pt', models.CharField(help_text='Institution that supplied the information.', max_length=300, null=True, verbose_name='author')),
                    ('year', models.PositiveSmallIntegerField(blank=True, help_text='As cited.', null=True, verbose_name='year')),
                    ('as_printed', models.CharField(blank=True, help_text='Words of the source.', max_length=300, verbose_name='as printed')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='catalogue.practice', verbose_name='practice')),
                    ('reference', models.ForeignKey(blank=True, help_text='The bibliography entry; empty when the source lists none.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='catalogue.reference', verbose_name='reference')),
                ],
                options={
                    'verbose_name': 'source',
                    'verbose_name_plural': 'sources',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'order'), name='citation_order_once')],
                },
            ),
            migrations.CreateModel(
                name='Result',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.PositiveSmallIntegerField(blank=True, help_text='Place in the list; empty puts it last.', null=True, verbose_name='order')),
                    ('indicator', models.CharField(help_text='What is counted, for example: cases.', max_length=300, verbose_name='indicator')),
                    ('indicator_es', models.CharField(help_text='What is counted, for example: cases.', max_length=300, null=True, verbose_name='indicator')),
                    ('indicator_en', models.CharField(help_text='What is counted, for example: cases.', max_length=300, null=True, verbose_name='indicator')),
                    ('indicator_pt', models.CharField(help_text='What is counted, for example: cases.', max_length=300, null=True, verbose_name='indicator')),
                    ('kind', models.CharField(choices=[('result', 'result'), ('output', 'output'), ('baseline', 'baseline'), ('coverage', 'coverage'), ('context', 'context'), ('norm', 'norm')], help_text='What the figure says.', max_length=10, verbose_name='kind')),
                    ('qualifier', models.CharField(blank=True, choices=[('more_than', 'more than'), ('approximately', 'approximately'), ('up_to', 'up to'), ('almost', 'almost')], help_text='As the source puts it.', max_length=15, verbose_name='qualifier')),
                    ('value', models.DecimalField(blank=True, decimal_places=4, help_text='Empty when what the source prints cannot be a number.', max_digits=16, null=True, verbose_name='value')),
                    ('unit', models.CharField(blank=True, help_text='For example persons, percent, hours.', max_length=80, verbose_name='unit')),
                    ('unit_es', models.CharField(blank=True, help_text='For example persons, percent, hours.', max_length=80, null=True, verbose_name='unit')),
                    ('unit_en', models.CharField(blank=True, help_text='For example persons, percent, hours.', max_length=80, null=True, verbose_name='unit')),
                    ('unit_pt', models.CharField(blank=True, help_text='For example persons, percent, hours.', max_length=80, null=True, verbose_name='unit')),
                    ('period', models.CharField(blank=True, help_text='For example summer 2022/2023.', max_length=120, verbose_name='period')),
                    ('period_es', models.CharField(blank=True, help_text='For example summer 2022/2023.', max_length=120, null=True, verbose_name='period')),
                    ('period_en', models.CharField(blank=True, help_text='For example summer 2022/2023.', max_length=120, null=True, verbose_name='period')),
                    ('period_pt', models.CharField(blank=True, help_text='For example summer 2022/2023.', max_length=120, null=True, verbose_name='period')),
                    ('as_of', models.CharField(blank=True, help_text='Date of the figure, when the source gives one: 2023-07-21.', max_length=10, validators=[networks.partial_dates.validate_partial_date], verbose_name='as of')),
                    ('as_printed', models.CharField(help_text='The words of the source, verbatim.', max_length=200, verbose_name='as printed')),
                    ('chartable', models.BooleanField(default=False, help_text='Untick for norms, contexts and doubtful figures: they are shown, never drawn or added up.', verbose_name='may be charted')),
                    ('note', models.TextField(blank=True, help_text='What a reader should know about this figure.', verbose_name='note')),
                    ('note_es', models.TextField(blank=True, help_text='What a reader should know about this figure.', null=True, verbose_name='note')),
                    ('note_en', models.TextField(blank=True, help_text='What a reader should know about this figure.', null=True, verbose_name='note')),
                    ('note_pt', models.TextField(blank=True, help_text='What a reader should know about this figure.', null=True, verbose_name='note')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'result',
                    'verbose_name_plural': 'results',
                    'ordering': ['order'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'order'), name='result_order_once'), models.CheckConstraint(condition=models.Q(('chartable', False), ('value__isnull', False), _connector='OR'), name='result_without_value_is_not_charted', violation_error_message='A figure without a value cannot be charted.')],
                },
            ),
            migrations.CreateModel(
                name='Term',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='As people should read it in this language.', max_length=300, verbose_name='name')),
                    ('name_es', models.CharField(help_text='As people should read it in this language.', max_length=300, null=True, verbose_name='name')),
                    ('name_en', models.CharField(help_text='As people should read it in this language.', max_length=300, null=True, verbose_name='name')),
                    ('name_pt', models.CharField(help_text='As people should read it in this language.', max_length=300, null=True, verbose_name='name')),
                    ('origin_es', models.CharField(blank=True, choices=[('printed', 'as the source prints it'), ('official', 'official wording'), ('unverified', 'official wording, not yet checked against the source'), ('derived', 'read from another source'), ('catalogue', 'rendering by this catalogue')], help_text='Official names are not translated freely: say where this wording comes from.', max_length=10, verbose_name='origin of the Spanish name')),
                    ('origin_en', models.CharField(blank=True, choices=[('printed', 'as the source prints it'), ('official', 'official wording'), ('unverified', 'official wording, not yet checked against the source'), ('derived', 'read from another source'), ('catalogue', 'rendering by this catalogue')], help_text='Official names are not translated freely: say where this wording comes from.', max_length=10, verbose_name='origin of the English name')),
                    ('origin_pt', models.CharField(blank=True, choices=[('printed', 'as the source prints it'), ('official', 'official wording'), ('unverified', 'official wording, not yet checked against the source'), ('derived', 'read from another source'), ('catalogue', 'rendering by this catalogue')], help_text='Official names are not translated freely: say where this wording comes from.', max_length=10, verbose_name='origin of the Portuguese name')),
                    ('scheme', models.CharField(choices=[('population', 'target population'), ('keyword', 'keyword'), ('gcm', 'objective of the Global Compact for Migration'), ('principle', 'guiding principle of the Global Compact for Migration'), ('sdg', 'Sustainable Development Goal'), ('sdg_target', 'target of a Sustainable Development Goal'), ('psdhm', 'programme of the South American Plan on Human Development of Migrations')], help_text='Where the term belongs.', max_length=12, verbose_name='vocabulary')),
                    ('code', models.CharField(help_text='Small letters, digits, hyphens; 10.7 for a target. Used in addresses and files; never changes.', max_length=60, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9.-]*\\Z')], verbose_name='code')),
                    ('order', models.PositiveSmallIntegerField(default=0, help_text='Place in lists; then by code.', verbose_name='order')),
                    ('parent', models.ForeignKey(blank=True, help_text='The goal to which a target belongs.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='narrower', to='catalogue.term', verbose_name='broader term')),
                    ('gloss', models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', verbose_name='gloss')),
                    ('gloss_en', models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', null=True, verbose_name='gloss')),
                    ('gloss_es', models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', null=True, verbose_name='gloss')),
                    ('gloss_pt', models.TextField(blank=True, help_text='What it asks for, in our own words; one or two sentences, never a quotation.', null=True, verbose_name='gloss')),
                ],
                options={
                    'verbose_name': 'vocabulary term',
                    'verbose_name_plural': 'vocabulary terms',
                    'ordering': ['scheme', 'order', 'code'],
                    'constraints': [models.UniqueConstraint(fields=('scheme', 'code'), name='term_once_per_scheme'), models.CheckConstraint(condition=models.Q(('parent', None), ('scheme', 'sdg_target'), _connector='OR'), name='term_parent_only_of_targets'), models.CheckConstraint(condition=models.Q(('scheme__in', ['population', 'keyword', 'gcm', 'principle', 'sdg', 'sdg_target', 'psdhm'])), name='term_scheme_known')],
                },
            ),
            migrations.CreateModel(
                name='CatalogueVersion',
                fields=[
                    ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveBigIntegerField(default=0, editable=False)),
                    ('changed_at', models.DateTimeField(default=datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), editable=False)),
                    ('whole', models.PositiveBigIntegerField(default=0, editable=False)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='catalogue_version_is_one_row')],
                },
            ),
            migrations.CreateModel(
                name='PostgresIndex',
                fields=[
                    ('practice', models.OneToOneField(db_column='practice_id', on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='postgres_index', serialize=False, to='catalogue.practice')),
                    ('vector', django.contrib.postgres.search.SearchVectorField()),
                ],
                options={
                    'db_table': 'catalogue_searchdocument',
                    'managed': False,
                },
            ),
            migrations.CreateModel(
                name='SqliteIndex',
                fields=[
                    ('practice', models.OneToOneField(db_column='rowid', on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='sqlite_index', serialize=False, to='catalogue.practice')),
                    ('row', catalogue.models.search.MatchField(db_column='catalogue_search')),
                    ('rank', models.FloatField()),
                ],
                options={
                    'db_table': 'catalogue_search',
                    'managed': False,
                },
            ),
            migrations.CreateModel(
                name='SearchDocument',
                fields=[
                    ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_document', serialize=False, to='catalogue.practice')),
                    ('title', models.TextField()),
                    ('summary', models.TextField()),
                    ('names', models.TextField()),
                    ('body', models.TextField()),
                    ('vocabulary', models.TextField()),
                    ('analyser', models.PositiveSmallIntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='SynonymSet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(help_text='Used in files; never changes.', max_length=60, unique=True, verbose_name='slug')),
                    ('words', models.TextField(help_text='One word or expression per line; each finds all the others. Accents do not matter.', verbose_name='words')),
                ],
                options={
                    'verbose_name': 'synonyms',
                    'verbose_name_plural': 'synonyms',
                    'ordering': ['slug'],
                },
            ),
            migrations.CreateModel(
                name='CatalogueChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveBigIntegerField(db_index=True, editable=False)),
                    ('changed_at', models.DateTimeField(editable=False)),
                    ('practice_id', models.BigIntegerField(editable=False, null=True)),
                ],
            ),
            migrations.CreateModel(
                name='PublicRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(editable=False, max_length=16, unique=True)),
                    ('withdrawn_at', models.DateTimeField(db_index=True, editable=False, null=True)),
                    ('sets', models.TextField(blank=True, editable=False)),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('event', models.CharField(choices=[('sign_in', 'signed in'), ('sign_in_refused', 'sign-in refused'), ('sign_out', 'signed out'), ('password', 'password changed'), ('second_factor', 'second factor changed'), ('permissions', 'permissions changed'), ('export', 'file exported by staff'), ('transition', 'step of the workflow'), ('import', 'import of a spreadsheet'), ('enquiry', 'question of a reader answered or emptied')], max_length=20, verbose_name='event')),
                    ('subject', models.CharField(blank=True, max_length=200, verbose_name='concerns')),
                    ('user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
                ],
                options={
                    'verbose_name': 'entry of the audit log',
                    'verbose_name_plural': 'audit log',
                    'ordering': ['-at', '-pk'],
                    'indexes': [models.Index(fields=['event', 'at'], name='catalogue_a_event_85c1b8_idx')],
                },
            ),
            migrations.CreateModel(
                name='EditorProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('translates_es', models.BooleanField(default=False, verbose_name='translates into Spanish')),
                    ('translates_en', models.BooleanField(default=False, verbose_name='translates into English')),
                    ('translates_pt', models.BooleanField(default=False, verbose_name='translates into Portuguese')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], default='es', help_text='In which the catalogue writes to this person.', max_length=2, verbose_name='language of letters')),
                    ('countries', models.ManyToManyField(blank=True, help_text='A focal point sees and proposes practices of these countries only.', related_name='+', to='networks.country', verbose_name='focal point of')),
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='editor_profile', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'editor’s profile',
                    'verbose_name_plural': 'editors’ profiles',
                },
            ),
            migrations.CreateModel(
                name='RecordVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('content', models.JSONField(verbose_name='content')),
                    ('of_revision', models.BooleanField(default=False, verbose_name='of a revision')),
                    ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('public_number', models.PositiveIntegerField(null=True, verbose_name='published version')),
                    ('published_at', models.DateTimeField(null=True, verbose_name='published at')),
                    ('made_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'version',
                    'verbose_name_plural': 'versions',
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'number'), name='version_number_once'), models.UniqueConstraint(fields=('practice', 'public_number'), name='public_version_number_once')],
                },
            ),
            migrations.CreateModel(
                name='Transition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('move', models.CharField(choices=[('submit', 'Submit for review'), ('request_changes', 'Request changes'), ('publish', 'Publish'), ('archive', 'Archive'), ('reopen', 'Reopen as a draft'), ('revise', 'Propose a change'), ('discard', 'Discard the revision')], max_length=17, verbose_name='step')),
                    ('from_state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('archived', 'Archived')], max_length=17, verbose_name='from the state')),
                    ('to_state', models.CharField(blank=True, choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('archived', 'Archived')], max_length=17, verbose_name='to the state')),
                    ('of_revision', models.BooleanField(default=False, verbose_name='of a revision')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'step of the workflow',
                    'verbose_name_plural': 'steps of the workflow',
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='VocabularyWord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('word', models.CharField(max_length=60, unique=True)),
                    ('written', models.CharField(max_length=60)),
                ],
            ),
            migrations.CreateModel(
                name='SqliteVocabulary',
                fields=[
                    ('word', models.OneToOneField(db_column='rowid', on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='trigrams', serialize=False, to='catalogue.vocabularyword')),
                    ('row', catalogue.models.search.MatchField(db_column='catalogue_vocabulary')),
                    ('rank', models.FloatField()),
                ],
                options={
                    'db_table': 'catalogue_vocabulary',
                    'managed': False,
                },
            ),
            migrations.CreateModel(
                name='LinkCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=500, unique=True, verbose_name='address')),
                    ('outcome', models.CharField(choices=[('reached', 'reached'), ('refused', 'answers, but lets no program in'), ('not_found', 'not found (4xx)'), ('server_error', 'error of its server (5xx)'), ('timeout', 'no answer in time'), ('no_host', 'its name is not known (DNS)'), ('tls', 'its certificate or encryption is not valid (TLS)'), ('unreachable', 'no connection'), ('redirects', 'too many redirects'), ('forbidden', 'leads where the catalogue does not go'), ('malformed', 'no proper address or answer')], max_length=12, verbose_name='outcome')),
                    ('status_code', models.PositiveSmallIntegerField(null=True, verbose_name='status code')),
                    ('final_url', models.CharField(blank=True, max_length=2000, verbose_name='leads to')),
                    ('visited_at', models.DateTimeField(db_index=True, verbose_name='visited')),
                    ('failing_since', models.DateTimeField(null=True, verbose_name='fails since')),
                    ('broken', models.BooleanField(db_index=True, default=False, verbose_name='broken')),
                ],
                options={
                    'verbose_name': 'visit to a link',
                    'verbose_name_plural': 'visits to links',
                    'ordering': ['url'],
                },
            ),
            migrations.CreateModel(
                name='UnsavedWork',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(verbose_name='form')),
                    ('content', models.JSONField(verbose_name='content')),
                    ('kept_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('practice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='unsaved_work', to='catalogue.practice', verbose_name='practice')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='user')),
                    ('settled', models.BooleanField(db_default=False, default=False, verbose_name='saved or discarded')),
                ],
                options={
                    'verbose_name': 'unsaved work',
                    'verbose_name_plural': 'unsaved work',
                    'ordering': ['-kept_at', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='unsaved_work_once_per_form')],
                },
            ),
            migrations.CreateModel(
                name='TranslationUpload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], max_length=2, verbose_name='language')),
                    ('lines', models.JSONField(verbose_name='lines')),
                    ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'uploaded translations',
                    'verbose_name_plural': 'uploaded translations',
                },
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file_name', models.CharField(max_length=200, verbose_name='file')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('kind', models.CharField(max_length=4, verbose_name='kind')),
                    ('content', models.BinaryField(null=True)),
                    ('language', models.CharField(editable=False, max_length=7)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('stage', models.CharField(choices=[('uploaded', 'uploaded'), ('checking', 'being checked'), ('checked', 'checked, not carried out'), ('applying', 'being carried out'), ('applied', 'carried out'), ('undoing', 'being undone'), ('undone', 'undone'), ('failed', 'cannot be read')], default='uploaded', max_length=10, verbose_name='stage')),
                    ('done', models.PositiveIntegerField(default=0, editable=False)),
                    ('total', models.PositiveIntegerField(default=0, editable=False)),
                    ('heard_at', models.DateTimeField(editable=False, null=True)),
                    ('new', models.PositiveIntegerField(default=0, verbose_name='new')),
                    ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                    ('unchanged', models.PositiveIntegerField(default=0, verbose_name='unchanged')),
                    ('wrong', models.PositiveIntegerField(default=0, verbose_name='wrong')),
                    ('notices', models.JSONField(default=list, editable=False)),
                    ('refusal', models.TextField(blank=True, editable=False)),
                    ('applied_at', models.DateTimeField(null=True, verbose_name='carried out at')),
                    ('undone_at', models.DateTimeField(null=True, verbose_name='undone at')),
                    ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom')),
                    ('undone_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('organisations', models.JSONField(default=list, editable=False)),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='ImportedPractice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('row', models.PositiveIntegerField()),
                    ('key', models.CharField(blank=True, max_length=60)),
                    ('title', models.CharField(blank=True, max_length=400)),
                    ('outcome', models.CharField(choices=[('wrong', 'wrong'), ('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged')], max_length=10)),
                    ('problems', models.JSONField(default=list)),
                    ('packed', models.BinaryField(null=True)),
                    ('base', models.CharField(blank=True, max_length=64)),
                    ('version', models.PositiveIntegerField(null=True)),
                    ('before', models.PositiveIntegerField(null=True)),
                    ('practice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalogue.practice')),
                    ('target', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalogue.practice')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practices', to='catalogue.importrun')),
                ],
                options={
                    'ordering': ['pk'],
                    'indexes': [models.Index(fields=['run', 'outcome'], name='catalogue_i_run_id_a71535_idx')],
                },
            ),
            migrations.CreateModel(
                name='CommitmentAnswer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.TextField(help_text='Why it answers the commitment, in a few words.', verbose_name='reason')),
                    ('reason_es', models.TextField(help_text='Why it answers the commitment, in a few words.', null=True, verbose_name='reason')),
                    ('reason_en', models.TextField(help_text='Why it answers the commitment, in a few words.', null=True, verbose_name='reason')),
                    ('reason_pt', models.TextField(help_text='Why it answers the commitment, in a few words.', null=True, verbose_name='reason')),
                    ('commitment', models.ForeignKey(help_text='What a meeting agreed.', on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='networks.commitment', verbose_name='commitment')),
                    ('practice', models.ForeignKey(help_text='The record; not a revision of it.', limit_choices_to={'revision_of': None}, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'practice that answers a commitment',
                    'verbose_name_plural': 'practices that answer a commitment',
                    'ordering': ['practice__code'],
                    'constraints': [models.UniqueConstraint(fields=('commitment', 'practice'), name='practice_once_per_commitment')],
                },
            ),
            migrations.CreateModel(
                name='Presentation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('presented', 'presented there'), ('subject', 'what the meeting was about')], default='presented', help_text='Presented there, or what the meeting was about.', max_length=10, verbose_name='kind')),
                    ('note', models.TextField(blank=True, help_text='What a reader should know about it.', verbose_name='note')),
                    ('note_es', models.TextField(blank=True, help_text='What a reader should know about it.', null=True, verbose_name='note')),
                    ('note_en', models.TextField(blank=True, help_text='What a reader should know about it.', null=True, verbose_name='note')),
                    ('note_pt', models.TextField(blank=True, help_text='What a reader should know about it.', null=True, verbose_name='note')),
                    ('meeting', models.ForeignKey(help_text='The meeting at which it was presented.', on_delete=django.db.models.deletion.CASCADE, related_name='presentations', to='networks.meeting', verbose_name='meeting')),
                    ('network', models.ForeignKey(blank=True, help_text='The network at whose session it was presented.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='presentations', to='networks.network', verbose_name='network')),
                    ('practice', models.ForeignKey(help_text='The record; not a revision of it.', limit_choices_to={'revision_of': None}, on_delete=django.db.models.deletion.CASCADE, related_name='presentations', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'practice at a meeting',
                    'verbose_name_plural': 'practices at a meeting',
                    'ordering': ['practice__code'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'meeting'), name='practice_once_per_meeting'), models.CheckConstraint(condition=models.Q(('kind__in', ['presented', 'subject'])), name='presentation_kind_known')],
                },
            ),
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
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classifications', to='catalogue.practice', verbose_name='practice')),
                    ('term', models.ForeignKey(help_text='An objective or guiding principle of the Global Compact, a target, a programme of the plan.', limit_choices_to={'scheme__in': ['gcm', 'principle', 'sdg_target', 'psdhm']}, on_delete=django.db.models.deletion.PROTECT, related_name='classifications', to='catalogue.term', verbose_name='term')),
                ],
                options={
                    'verbose_name': 'classification',
                    'verbose_name_plural': 'classifications by framework',
                    'ordering': ['term'],
                    'constraints': [models.UniqueConstraint(fields=('practice', 'term'), name='classified_once_by_each_term'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_on', None), ('status', 'proposed')), models.Q(('confirmed_on__isnull', False), ('status', 'confirmed')), _connector='OR'), name='confirmed_classification_has_its_day', violation_error_message='A confirmed classification, and no other, has the day of its confirmation.')],
                },
            ),
            migrations.CreateModel(
                name='Adaptation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stage', models.CharField(choices=[('considering', 'Considering'), ('piloting', 'Piloting'), ('adopted', 'Adopted')], help_text='How far the State has come, as the source says.', max_length=11, verbose_name='stage')),
                    ('since', models.CharField(blank=True, help_text='2015, 2023-04 or 2022-09-15; empty when the source does not state it.', max_length=10, validators=[networks.partial_dates.validate_partial_date], verbose_name='since')),
                    ('changes', models.TextField(blank=True, help_text='How it differs from the practice; empty when nobody has said.', verbose_name='what was changed')),
                    ('changes_es', models.TextField(blank=True, help_text='How it differs from the practice; empty when nobody has said.', null=True, verbose_name='what was changed')),
                    ('changes_en', models.TextField(blank=True, help_text='How it differs from the practice; empty when nobody has said.', null=True, verbose_name='what was changed')),
                    ('changes_pt', models.TextField(blank=True, help_text='How it differs from the practice; empty when nobody has said.', null=True, verbose_name='what was changed')),
                    ('evidence', models.CharField(blank=True, help_text='The source that shows it, as it is to be cited.', max_length=400, verbose_name='evidence')),
                    ('evidence_url', networks.fields.WebAddressField(blank=True, help_text='Where the source can be read.', max_length=500, verbose_name='address of the evidence')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('archived', 'Archived')], default='draft', editable=False, help_text='Only published adaptations are public.', max_length=17, verbose_name='editorial state')),
                    ('state_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='in this state since')),
                    ('created', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                    ('updated', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='updated')),
                    ('contact', models.ForeignKey(blank=True, help_text='The office of the adapting State that answers questions.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='adaptations', to='catalogue.contact', verbose_name='contact')),
                    ('country', models.ForeignKey(help_text='The State that considers, pilots or has adopted it.', on_delete=django.db.models.deletion.PROTECT, related_name='adaptations', to='networks.country', verbose_name='adapting country')),
                    ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='created by')),
                    ('practice', models.ForeignKey(help_text='The practice of another State that is adapted.', limit_choices_to={'revision_of': None}, on_delete=django.db.models.deletion.PROTECT, related_name='adaptations', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'adaptation',
                    'verbose_name_plural': 'adaptations',
                    'ordering': ['practice__code', 'country__order', 'pk'],
                    'indexes': [models.Index(fields=['state', 'country'], name='catalogue_a_state_ac62cc_idx')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'changes_requested', 'published', 'archived'])), name='adaptation_state_known'), models.CheckConstraint(condition=models.Q(('stage__in', ['considering', 'piloting', 'adopted'])), name='adaptation_stage_known'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('practice', 'country'), name='adaptation_published_once')],
                },
            ),
            migrations.CreateModel(
                name='AdaptationStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('move', models.CharField(choices=[('submit', 'Submit for review'), ('request_changes', 'Request changes'), ('publish', 'Publish'), ('archive', 'Archive'), ('reopen', 'Reopen as a draft'), ('revise', 'Propose a change'), ('discard', 'Discard the revision')], max_length=17, verbose_name='step')),
                    ('from_state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('archived', 'Archived')], max_length=17, verbose_name='from the state')),
                    ('to_state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('changes_requested', 'Changes requested'), ('published', 'Published'), ('archived', 'Archived')], max_length=17, verbose_name='to the state')),
                    ('note', models.TextField(blank=True, verbose_name='note')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('adaptation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='catalogue.adaptation', verbose_name='adaptation')),
                    ('by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by whom')),
                ],
                options={
                    'verbose_name': 'step of an adaptation',
                    'verbose_name_plural': 'steps of adaptations',
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Enquiry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('question', models.TextField(max_length=4000, verbose_name='question')),
                    ('language', models.CharField(choices=[('es', 'Spanish'), ('en', 'English'), ('pt', 'Portuguese')], max_length=2, verbose_name='language of the question')),
                    ('asked_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='asked')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                    ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                    ('institution', models.CharField(blank=True, max_length=200, verbose_name='institution')),
                    ('institution_kind', models.CharField(blank=True, choices=[('government', 'government body'), ('international', 'international organisation'), ('civil_society', 'civil society'), ('social_partner', 'workers’ or employers’ organisation'), ('academia', 'academia'), ('media', 'media'), ('programme', 'programme'), ('other', 'other')], default='', max_length=15, verbose_name='kind of institution')),
                    ('answer', models.TextField(blank=True, help_text='Sent by e-mail to who asked, once, when you save it.', verbose_name='answer')),
                    ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='answered')),
                    ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='networks.country', verbose_name='country')),
                    ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='catalogue.practice', verbose_name='practice')),
                ],
                options={
                    'verbose_name': 'question about a practice',
                    'verbose_name_plural': 'questions about practices',
                    'ordering': ['-asked_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(('answer', ''), _negated=True), _connector='OR'), name='enquiry_answered_with_words')],
                },
            ),
            migrations.CreateModel(
                name='EditionDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(max_length=2, verbose_name='language')),
                    ('volume', models.PositiveSmallIntegerField(verbose_name='volume')),
                    ('content', models.JSONField(verbose_name='content')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='catalogue.frozenedition', verbose_name='frozen edition')),
                ],
                options={
                    'verbose_name': 'document of an edition',
                    'verbose_name_plural': 'documents of an edition',
                    'ordering': ['edition', 'language', 'volume'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'language', 'volume'), name='volume_once')],
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
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='catalogue.frozenedition', verbose_name='frozen edition')),
                ],
                options={
                    'verbose_name': 'entry of an edition',
                    'verbose_name_plural': 'entries of an edition',
                    'ordering': ['edition', 'order'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'code'), name='practice_once_in_an_edition')],
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
                    ('edition', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='frozen', to='catalogue.edition', verbose_name='edition')),
                ],
                options={
                    'verbose_name': 'frozen edition',
                    'verbose_name_plural': 'frozen editions',
                    'ordering': ['-at'],
                },
            ),
        ]),
        # its own step, as before, so that PostgreSQL gives the constraint the name that it has everywhere
        migrations.AlterField(
            model_name='edition',
            name='address',
            field=models.SlugField(blank=True, help_text='For example 2027; made from the year when left empty. It never changes.', max_length=80, unique=True, verbose_name='end of the address of its page'),
        ),
        migrations.RunPython(build, drop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
