"""Routes of the modeling app."""

from django.urls import URLPattern, path

from modeling.views import comparison, errors, experiments, features, runs, sweeps, understanding

urlpatterns: list[URLPattern] = [
    path("extractors/", features.ExtractorListView.as_view()),
    path("versions/<uuid:pk>/feature-sets/", features.FeatureSetListView.as_view()),
    path("versions/<uuid:pk>/comparison/", comparison.PaperComparisonView.as_view()),
    path("versions/<uuid:pk>/comparison/csv/", comparison.PaperComparisonFileView.as_view(kind="csv")),
    path("versions/<uuid:pk>/comparison/latex/", comparison.PaperComparisonFileView.as_view(kind="latex")),
    path("recipes/", runs.RecipeListView.as_view()),
    path("experiments/", experiments.ExperimentListView.as_view()),
    path("experiments/<uuid:pk>/", experiments.ExperimentView.as_view()),
    path("experiments/<uuid:pk>/intervals/", experiments.ExperimentIntervalsView.as_view()),
    path("runs/", runs.RunListView.as_view()),
    path("runs/<uuid:pk>/", runs.RunView.as_view()),
    path("runs/<uuid:pk>/cancel/", runs.CancelRunView.as_view()),
    path("runs/<uuid:pk>/compare/<uuid:other>/", experiments.CompareRunsView.as_view()),
    path("runs/<uuid:pk>/epochs/", runs.EpochListView.as_view()),
    path("runs/<uuid:pk>/errors/", errors.ErrorAnalysisView.as_view()),
    path("runs/<uuid:pk>/folder/", runs.RunFolderView.as_view()),
    path("runs/<uuid:pk>/predictions/", runs.PredictionListView.as_view()),
    path("runs/<uuid:pk>/representations/", understanding.RepresentationMapsView.as_view()),
    path("runs/<uuid:pk>/scatter/", runs.ScatterView.as_view()),
    path("runs/<uuid:pk>/swaps/", understanding.SwapsView.as_view()),
    path("runs/<uuid:pk>/weights/", runs.WeightsView.as_view()),
    path("sweeps/", sweeps.SweepListView.as_view()),
    path("sweeps/space/", sweeps.OfferedSpaceView.as_view()),
    path("sweeps/<uuid:pk>/", sweeps.SweepView.as_view()),
    path("sweeps/<uuid:pk>/cancel/", sweeps.CancelSweepView.as_view()),
    path("sweeps/<uuid:pk>/extend/", sweeps.ExtendSweepView.as_view()),
    path("sweeps/<uuid:pk>/resume/", sweeps.ResumeSweepView.as_view()),
    path("sweeps/<uuid:pk>/train-best/", sweeps.TrainBestView.as_view()),
]
