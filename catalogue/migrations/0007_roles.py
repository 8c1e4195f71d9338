from django.db import migrations

ROLES = ("administrator", "secretariat", "reviewer", "translator", "focal_point", "reader")


def make_groups(apps, schema_editor):
    """A group per role; one that is there already stays, with its members."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_desk"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
