"""Where everything is: the API by app, its schema, signed media, and the single-page app for the rest."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from config.pages import single_page_app

urlpatterns = [
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/", include("datasets.urls")),
    path("api/", include("annotator.urls")),
    path("api/", include("modeling.urls")),
    path("media/", include("annotator.media_urls")),
    re_path(r"^(?!api/|static/|media/|assets/).*$", single_page_app, name="app"),
]
