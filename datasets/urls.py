"""Routes of the datasets app."""

from django.urls import URLPattern, path

from datasets.views import (
    clips,
    differences,
    exports,
    imports,
    jobs,
    leaks,
    members,
    projects,
    session,
    versions,
)

urlpatterns: list[URLPattern] = [
    path("session/", session.SessionView.as_view()),
    path("session/password/", session.PasswordView.as_view()),
    path("projects/", projects.ProjectListView.as_view()),
    path("projects/<uuid:pk>/", projects.ProjectView.as_view()),
    path("projects/<uuid:pk>/events/", projects.ProjectEventsView.as_view()),
    path("projects/<uuid:pk>/members/", members.ProjectMembersView.as_view()),
    path("members/<int:pk>/", members.MemberView.as_view()),
    path("projects/<uuid:pk>/imports/", imports.ImportView.as_view()),
    path("clips/", clips.ClipListView.as_view()),
    path("clips/facets/", clips.ClipFacetsView.as_view()),
    path("clips/<uuid:pk>/", clips.ClipView.as_view()),
    path("clips/<uuid:pk>/media/", clips.ClipMediaView.as_view()),
    path("clips/<uuid:pk>/thumbnail/", clips.ClipThumbnailView.as_view()),
    path("sources/", clips.SourceListView.as_view()),
    path("jobs/", jobs.JobListView.as_view()),
    path("jobs/<uuid:pk>/", jobs.JobView.as_view()),
    path("jobs/<uuid:pk>/cancel/", jobs.CancelJobView.as_view()),
    path("jobs/<uuid:pk>/retry/", jobs.RetryJobView.as_view()),
    path("versions/", versions.VersionListView.as_view()),
    path("versions/preview/", versions.VersionPreviewView.as_view()),
    path("versions/<uuid:pk>/", versions.VersionView.as_view()),
    path("versions/<uuid:pk>/withdraw/", versions.WithdrawVersionView.as_view()),
    path("versions/<uuid:pk>/difference/", differences.VersionDifferenceView.as_view()),
    path("versions/<uuid:pk>/leaks/", leaks.VersionLeaksView.as_view()),
    path("versions/<uuid:pk>/clips/", versions.VersionClipsView.as_view()),
    path("versions/<uuid:pk>/manifest/", versions.VersionManifestView.as_view()),
    path("versions/<uuid:pk>/exports/", exports.VersionExportsView.as_view()),
    path("exports/<uuid:pk>/", exports.ExportView.as_view()),
    path("exports/<uuid:pk>/download/", exports.ExportDownloadView.as_view()),
]
