"""The figures of versions are analyses."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("datasets", "0008_take_the_figures_of_versions_along")]

    operations = [migrations.RemoveField(model_name="versionreport", name="figures")]
