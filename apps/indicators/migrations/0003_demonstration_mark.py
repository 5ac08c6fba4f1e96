from django.db import migrations, models


def mark_lists(apps, _schema_editor):
    """Mark the lists that are known to have begun from a demonstration typical list."""
    lists = apps.get_model("indicators", "IndicatorList").objects
    lists.filter(typical_list__is_demonstration=True).update(is_demonstration=True)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_lists_from_paper_are_not_under_way"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicatorlist",
            name="is_demonstration",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="demonstration (unofficial)"
            ),
        ),
        migrations.RunPython(mark_lists, migrations.RunPython.noop),
    ]
