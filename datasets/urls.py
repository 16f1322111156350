"""Routes of the datasets app."""

from django.urls import URLPattern, path

from datasets.views import jobs, projects, session

urlpatterns: list[URLPattern] = [
    path("session/", session.SessionView.as_view()),
    path("session/password/", session.PasswordView.as_view()),
    path("projects/", projects.ProjectListView.as_view()),
    path("projects/<uuid:pk>/", projects.ProjectView.as_view()),
    path("projects/<uuid:pk>/events/", projects.ProjectEventsView.as_view()),
    path("jobs/", jobs.JobListView.as_view()),
    path("jobs/<uuid:pk>/", jobs.JobView.as_view()),
    path("jobs/<uuid:pk>/cancel/", jobs.CancelJobView.as_view()),
    path("jobs/<uuid:pk>/retry/", jobs.RetryJobView.as_view()),
]
