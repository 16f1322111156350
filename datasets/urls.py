"""Routes of the datasets app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
