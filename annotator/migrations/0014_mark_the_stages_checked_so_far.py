"""Note before which stages annotators tried sound and screen, and which they had begun when nobody asked for it."""

from collections import defaultdict

from django.db import migrations

WITH_CHECKS = ("audio", "vision", "multimodal")


def mark_checked(apps, schema_editor):
    """One list of modalities per annotator who has any."""
    checks = apps.get_model("annotator", "ReadinessCheck").objects.filter(modality__in=WITH_CHECKS)
    tried = set(checks.values_list("membership_id", "modality"))
    answers = apps.get_model("annotator", "Annotation").objects.filter(
        origin="browser", assignment__modality__in=WITH_CHECKS
    )
    begun = set(answers.values_list("assignment__membership_id", "assignment__modality"))
    found = defaultdict(list)
    for member, modality in sorted(tried | begun):
        found[member].append(modality)
    memberships = apps.get_model("annotator", "Membership").objects
    for member, modalities in found.items():
        memberships.filter(pk=member).update(checked=modalities)


class Migration(migrations.Migration):
    dependencies = [("annotator", "0013_keep_which_stages_were_checked")]

    operations = [migrations.RunPython(mark_checked, migrations.RunPython.noop)]
