"""All settings: embedded by default (SQLite, local files, filesystem broker), distributed by environment variable.

Every variable is listed in docs/operations.md.
"""

import os
import sqlite3
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ

from config.home import BASE_DIR, home_folder, secret_key

env = environ.Env()

HOME = home_folder()
SECRET_KEY = secret_key(HOME)
DEBUG = env.bool("CUESET_DEBUG", default=False)
ALLOWED_HOSTS = env.list("CUESET_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CUESET_TRUSTED_ORIGINS", default=[])

# Behind HTTPS (CUESET_HTTPS=1) cookies and redirects insist on it; on a bare loopback address they cannot.
HTTPS = env.bool("CUESET_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "config",
    "datasets",
    "annotator",
    "modeling",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [], "APP_DIRS": True}]

# The write-ahead log of SQLite 3.7.0 to 3.51.2 can lose commits; before its repair the rollback journal is used.
# Cutting that file to nothing, unlike deleting it, is on disk when a commit returns.
SQLITE_JOURNAL = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{HOME / 'cueset.sqlite3'}")}
# Connections stay open between requests: to open one costs more than most requests do.
DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    # Said aloud, because pytest-django takes only Django's own engine to test in memory.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={SQLITE_JOURNAL}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        # 32 MB: what spills from a smaller cache is written and synchronized in the middle of a transaction.
        "PRAGMA cache_size=-32000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# config.checks refuses any scheme but file: before a command or the web server begins.
STORAGE_URL = env.str("STORAGE_URL", default=(HOME / "media").as_uri())
MEDIA_ROOT = Path(unquote(urlsplit(STORAGE_URL).path))
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_ROOT = FRONTEND_DIST if FRONTEND_DIST.is_dir() else None
# The build names these files by their content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
MEDIA_URL_SECONDS = 300
# Folders that imports through the API may read from; commands may read wherever their person may.
IMPORT_ROOTS = [Path(root) for root in env.list("CUESET_IMPORT_ROOTS", default=[str(HOME / "imports")])]
# The largest file that pages may send.
UPLOAD_MEGABYTES = env.int("CUESET_UPLOAD_MEGABYTES", default=1000)

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://localhost")
BROKER_FOLDER = HOME / "broker"
if CELERY_BROKER_URL.startswith("filesystem"):
    (BROKER_FOLDER / "messages").mkdir(parents=True, exist_ok=True)
    (BROKER_FOLDER / "control").mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(BROKER_FOLDER / "messages"),
        "data_folder_out": str(BROKER_FOLDER / "messages"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "media"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY = False
JOB_LEASE_SECONDS = env.int("CUESET_JOB_LEASE_SECONDS", default=60)
JOB_SWEEP_SECONDS = env.int("CUESET_JOB_SWEEP_SECONDS", default=10)
# Rows, such as scores; an analysis of more is computed by a worker and kept.
ANALYSES_AT_ONCE = env.int("CUESET_ANALYSES_AT_ONCE", default=20_000)

# Shared by all web processes: counts of attempts to sign in, and answers that took long (config.kept).
CACHES: dict[str, dict[str, object]] = {
    name: {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(HOME / folder)}
    for name, folder in (("default", "cache"), ("answers", "answers"))
}
CACHES["answers"]["OPTIONS"] = {"MAX_ENTRIES": 2000}

# More threads than cores slow everybody down; another number may change the last digits of a run.
TRAINING_THREADS = env.int("CUESET_TRAINING_THREADS", default=2)
TRAINING_PROCESSES = env.int("CUESET_TRAINING_PROCESSES", default=1)
TRAINING_PRECISION = env.str("CUESET_TRAINING_PRECISION", default="float32")
TRAINING_DEVICE = env.str("CUESET_TRAINING_DEVICE", default="auto")
BERT_MODEL = env.str("CUESET_BERT_MODEL", default="bert-base-chinese")

SESSION_ENGINE = "config.sessions"
AUTHENTICATION_BACKENDS = ["config.sessions.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["config.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "config.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api.answer_error",
    "PAGE_SIZE": 60,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cueset",
    "DESCRIPTION": "From speaking-face video to sentiment labels, dataset versions and trained models.",
    "VERSION": "0.1.0",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "JobStateEnum": "datasets.models.Job.State",
        "CampaignStateEnum": "annotator.models.Campaign.State",
        "AnnotatorStateEnum": "annotator.models.Membership.State",
        "StageStateEnum": "annotator.serializers.work.STAGE_STATES",
        "RoleEnum": "datasets.models.Role.Kind",
        "IsolationModeEnum": "annotator.serializers.campaigns.ISOLATION_MODES",
        "ModalityEnum": "datasets.models.MODALITIES",
        "SplitEnum": "datasets.models.SPLITS",
        "RuleEnum": "annotator.models.RULES",
    },
}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
TESTING = "pytest" in sys.modules
LOG_LEVEL = env.str("CUESET_LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
# Model loaders must never reach for the network behind a user's back; CUESET_BERT_MODEL says where to look.
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
