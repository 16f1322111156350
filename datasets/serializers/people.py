"""Shapes of sessions, projects and their events."""

from rest_framework import serializers

from datasets.models import Event, Project, Role


class RoleSerializer(serializers.Serializer[Role]):
    """One role of the person who asks."""

    project = serializers.UUIDField(source="project_id")
    project_name = serializers.CharField(source="project.name")
    kind = serializers.ChoiceField(choices=Role.Kind.choices)


class AccountSerializer(serializers.Serializer[object]):
    """The person who is signed in."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    is_superuser = serializers.BooleanField()


class SessionSerializer(serializers.Serializer[object]):
    """Who is signed in and as what; `user` is null for the signed-out."""

    user = AccountSerializer(allow_null=True)
    roles = RoleSerializer(many=True)


class SignInSerializer(serializers.Serializer[object]):
    """Name and password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=200, trim_whitespace=False)


class PasswordSerializer(serializers.Serializer[object]):
    """A change of one's own password."""

    old = serializers.CharField(max_length=200, trim_whitespace=False)
    new = serializers.CharField(max_length=200, trim_whitespace=False)


class CountsSerializer(serializers.Serializer[object]):
    """How much a project holds."""

    sources = serializers.IntegerField()
    clips = serializers.IntegerField()
    supervised = serializers.IntegerField()
    labelled = serializers.IntegerField(help_text="clips that have a multimodal label")
    versions = serializers.IntegerField()


class ProjectSerializer(serializers.ModelSerializer[Project]):
    """A project as its admins and researchers see it."""

    my_roles = serializers.ListField(child=serializers.ChoiceField(choices=Role.Kind.choices))
    counts = CountsSerializer()

    class Meta:
        model = Project
        fields = (
            "id",
            "name",
            "description",
            "licence",
            "collection",
            "consent",
            "simulated",
            "train_on_publish",
            "created_at",
            "my_roles",
            "counts",
        )


class NewProjectSerializer(serializers.Serializer[Project]):
    """What making a project asks for."""

    name = serializers.CharField(max_length=100)
    description = serializers.CharField(required=False, allow_blank=True, default="")


class MemberSerializer(serializers.ModelSerializer[Role]):
    """One person in one role."""

    username = serializers.CharField(source="user.username")

    class Meta:
        model = Role
        fields = ("id", "username", "kind")


class NewMemberSerializer(serializers.Serializer[Role]):
    """Whom to let in, and as what."""

    username = serializers.CharField(max_length=150)
    kind = serializers.ChoiceField(choices=Role.Kind.choices)


class AddedMemberSerializer(serializers.Serializer[Role]):
    """A person who was let in; `password` is that of a new account, shown this once."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    kind = serializers.ChoiceField(choices=Role.Kind.choices)
    password = serializers.CharField(allow_blank=True)


class ProjectSettingsSerializer(serializers.ModelSerializer[Project]):
    """What an admin may change."""

    class Meta:
        model = Project
        fields = ("description", "licence", "collection", "consent", "train_on_publish")


class EventSerializer(serializers.ModelSerializer[Event]):
    """One line of the record of changes."""

    actor = serializers.CharField(source="actor.username", default=None, allow_null=True)

    class Meta:
        model = Event
        fields = ("id", "verb", "subject", "details", "actor", "at")
