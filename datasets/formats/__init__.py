"""The field's file formats, one module each: rows and arrays in, bytes out; nothing of Django."""
