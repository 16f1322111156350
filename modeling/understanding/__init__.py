"""What a trained model has learned: its representations in a plane, and words with other voices and faces."""
