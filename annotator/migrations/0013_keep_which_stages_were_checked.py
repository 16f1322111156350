from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotator", "0012_give_out_assignments_by_jobs")]

    operations = [
        migrations.AddField(model_name="membership", name="checked", field=models.JSONField(default=list)),
    ]
