"""What an annotator may perceive: renditions that carry one modality and nothing of the others, and their audit."""
