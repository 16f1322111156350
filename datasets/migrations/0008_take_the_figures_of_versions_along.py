"""Figures that were stored with versions become analyses."""

from django.db import migrations
from django.utils import timezone


def take_along(apps, schema_editor):
    """One analysis for every version that has figures."""
    analyses, reports = apps.get_model("datasets", "Analysis"), apps.get_model("datasets", "VersionReport")
    for report in reports.objects.filter(figures__isnull=False).select_related("version").iterator(chunk_size=20):
        analyses.objects.get_or_create(
            kind="version_figures",
            subject=str(report.version_id),
            defaults={
                "project_id": report.version.project_id,
                "answer": report.figures,
                "computed_at": timezone.now(),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("datasets", "0007_say_where_sources_come_from")]

    operations = [migrations.RunPython(take_along, migrations.RunPython.noop, elidable=True)]
