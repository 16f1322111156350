"""Routes of the modeling app."""

from django.urls import URLPattern, path

from modeling.views import experiments, features, runs

urlpatterns: list[URLPattern] = [
    path("extractors/", features.ExtractorListView.as_view()),
    path("versions/<uuid:pk>/feature-sets/", features.FeatureSetListView.as_view()),
    path("recipes/", runs.RecipeListView.as_view()),
    path("experiments/", experiments.ExperimentListView.as_view()),
    path("experiments/<uuid:pk>/", experiments.ExperimentView.as_view()),
    path("runs/", runs.RunListView.as_view()),
    path("runs/<uuid:pk>/", runs.RunView.as_view()),
    path("runs/<uuid:pk>/cancel/", runs.CancelRunView.as_view()),
    path("runs/<uuid:pk>/compare/<uuid:other>/", experiments.CompareRunsView.as_view()),
    path("runs/<uuid:pk>/epochs/", runs.EpochListView.as_view()),
    path("runs/<uuid:pk>/predictions/", runs.PredictionListView.as_view()),
    path("runs/<uuid:pk>/scatter/", runs.ScatterView.as_view()),
    path("runs/<uuid:pk>/weights/", runs.WeightsView.as_view()),
]
