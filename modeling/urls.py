"""Routes of the modeling app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
