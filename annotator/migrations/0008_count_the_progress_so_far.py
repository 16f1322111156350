"""Fill the progress of every annotator from their assignments."""

from django.db import migrations
from django.db.models import Count


def count_progress(apps, schema_editor):
    """One row per annotator, batch and stage."""
    assignments = apps.get_model("annotator", "Assignment").objects
    progress = apps.get_model("annotator", "Progress")
    counted = (
        assignments.values("membership_id", "batch", "modality")
        .annotate(done=Count("current"), total=Count("pk"))
        .order_by()
    )
    progress.objects.bulk_create(progress(**each) for each in counted)


class Migration(migrations.Migration):
    dependencies = [("annotator", "0007_keep_progress_beside_the_answers")]

    operations = [migrations.RunPython(count_progress, migrations.RunPython.noop)]
