from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="remark", name="side", field=models.CharField(blank=True, max_length=20), preserve_default=True
        )
    ]
