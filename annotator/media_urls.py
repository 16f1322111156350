"""The route of signed media, outside the API."""

from django.urls import URLPattern, path

from annotator.views.media import play

urlpatterns: list[URLPattern] = [path("<str:token>/", play, name="media")]
