"""Routes of the annotator app's API."""

from django.urls import URLPattern, path

from annotator.views import annotators, before, campaigns, figures, flags, preparation, quality, renditions, work

urlpatterns: list[URLPattern] = [
    path("my-work/", work.MyWorkView.as_view()),
    path("my-work/<uuid:campaign>/pace/", before.PaceView.as_view()),
    path("my-work/<uuid:campaign>/<str:modality>/", work.StageQueueView.as_view()),
    path("my-work/<uuid:campaign>/<str:modality>/undo/", work.UndoView.as_view()),
    path("my-work/<uuid:campaign>/<str:modality>/calibration/", before.CalibrationView.as_view()),
    path("my-work/<uuid:campaign>/<str:modality>/check/", before.CheckView.as_view()),
    path("my-work/<uuid:campaign>/<str:modality>/standards/", before.StandardsView.as_view()),
    path("assignments/<uuid:pk>/annotations/", work.AnnotationsView.as_view()),
    path("campaigns/", campaigns.CampaignListView.as_view()),
    path("campaigns/<uuid:pk>/", campaigns.CampaignView.as_view()),
    path("campaigns/<uuid:pk>/pause/", campaigns.PauseCampaignView.as_view()),
    path("campaigns/<uuid:pk>/resume/", campaigns.ResumeCampaignView.as_view()),
    path("campaigns/<uuid:pk>/close/", campaigns.CloseCampaignView.as_view()),
    path("campaigns/<uuid:pk>/aggregate/", campaigns.AggregateView.as_view()),
    path("campaigns/<uuid:pk>/annotations/import/", campaigns.AnnotationsImportView.as_view()),
    path("campaigns/<uuid:pk>/annotators/", annotators.AnnotatorsView.as_view()),
    path("campaigns/<uuid:pk>/annotators/<str:pseudonym>/state/", annotators.AnnotatorStateView.as_view()),
    path("campaigns/<uuid:pk>/annotators/<str:pseudonym>/replace/", annotators.ReplaceAnnotatorView.as_view()),
    path("campaigns/<uuid:pk>/annotators/<str:pseudonym>/let-in/", preparation.LetInView.as_view()),
    path("campaigns/<uuid:pk>/preparation/", preparation.PreparationView.as_view()),
    path("campaigns/<uuid:pk>/references/", preparation.ReferencesView.as_view()),
    path("campaigns/<uuid:pk>/contested/", quality.ContestedClipsView.as_view()),
    path("campaigns/<uuid:pk>/contested/<uuid:clip>/", quality.ContestedClipView.as_view()),
    path("campaigns/<uuid:pk>/figures/", figures.CampaignFiguresView.as_view()),
    path("campaigns/<uuid:pk>/quality/", quality.QualityView.as_view()),
    path("campaigns/<uuid:pk>/rules/", quality.RulesView.as_view()),
    path("campaigns/<uuid:pk>/flags/", flags.CampaignFlagsView.as_view()),
    path("campaigns/<uuid:pk>/isolation/", renditions.IsolationView.as_view()),
    path("campaigns/<uuid:pk>/renditions/", renditions.CampaignRenditionsView.as_view()),
    path("campaigns/<uuid:pk>/sources/", renditions.CampaignSourcesView.as_view()),
    path("campaigns/<uuid:pk>/transcripts/", renditions.CampaignTranscriptsView.as_view()),
    path("projects/<uuid:pk>/renditions/", renditions.MakeRenditionsView.as_view()),
    path("renditions/<uuid:pk>/media/", renditions.RenditionMediaView.as_view()),
    path("renditions/<uuid:pk>/overrule/", renditions.OverruleView.as_view()),
    path("sources/<uuid:pk>/regions/", renditions.SourceRegionsView.as_view()),
    path("clips/<uuid:pk>/transcript-reviews/", renditions.TranscriptReviewsView.as_view()),
]
