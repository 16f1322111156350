"""Routes of the annotator app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
