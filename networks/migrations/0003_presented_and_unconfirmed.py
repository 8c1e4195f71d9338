"""A commitment may only have been presented, a meeting proposed; names may not be confirmed."""

from django.db import migrations, models


def take_back(apps, schema_editor):
    """Say of what was only presented that it was agreed, of who proposed a meeting that it took part: nearest it."""
    using = schema_editor.connection.alias
    commitments = apps.get_model("networks", "Commitment").objects.using(using)
    commitments.filter(status="presented").update(status="agreed")
    bodies = apps.get_model("networks", "MeetingBody").objects.using(using)
    bodies.filter(role="proposer").update(role="participant")


class Migration(migrations.Migration):

    dependencies = [
        ('networks', '0002_forums_meetings'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='commitment',
            name='commitment_status_known',
        ),
        migrations.RemoveConstraint(
            model_name='meetingbody',
            name='meeting_body_role_known',
        ),
        migrations.AddField(
            model_name='forum',
            name='name_unconfirmed',
            field=models.BooleanField(default=False, help_text='Tick while only the institution can say whether the name is right. Readers do not see it.', verbose_name='name not confirmed'),
        ),
        migrations.AddField(
            model_name='network',
            name='name_unconfirmed',
            field=models.BooleanField(default=False, help_text='Tick while only the institution can say whether the name is right. Readers do not see it.', verbose_name='name not confirmed'),
        ),
        migrations.AlterField(
            model_name='commitment',
            name='status',
            field=models.CharField(choices=[('presented', 'Presented, not agreed as far as the source says'), ('agreed', 'Agreed; nothing further documented'), ('under_way', 'Under way'), ('fulfilled', 'Fulfilled'), ('dropped', 'Given up')], help_text='As far as the sources say.', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='meetingbody',
            name='role',
            field=models.CharField(choices=[('convenor', 'Convened by'), ('proposer', 'Proposed by'), ('funder', 'Funded by'), ('participant', 'Others who took part'), ('addressee', 'Forums meant to receive its suggestions')], help_text='What it has to do with it.', max_length=12, verbose_name='role'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['presented', 'agreed', 'under_way', 'fulfilled', 'dropped'])), name='commitment_status_known'),
        ),
        migrations.AddConstraint(
            model_name='meetingbody',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['convenor', 'proposer', 'funder', 'participant', 'addressee'])), name='meeting_body_role_known'),
        ),
        migrations.RunPython(migrations.RunPython.noop, take_back),
    ]
