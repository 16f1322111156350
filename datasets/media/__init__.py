"""Media files: finding ffmpeg, probing, cutting, storing and serving."""
