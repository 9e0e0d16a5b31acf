"""The table of contents: what Engage is made of, top of the ladder first, configured by the environment only.

docs/operate.md lists every variable. `ENGAGE_ENV` is `production` unless said otherwise; `make run` says
`local`, the tests say `test`. Production settings that are missing or contradict each other are system
check errors (engage/kit/checks.py), so the site refuses to start with a sentence instead of failing later.
"""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from engage import env
from engage.kit import logging

BASE_DIR = Path(__file__).resolve().parent.parent
ENGAGE_ENV = env.text("ENGAGE_ENV", "production")
ENGAGE_DATA = env.folder("ENGAGE_DATA", BASE_DIR / "var")
LOCAL = ENGAGE_ENV in {"local", "test"}

DEBUG = env.flag("DEBUG")
MISSING = env.missing("SECRET_KEY", "DATABASE_URL", "REDIS_URL")
SECRET_KEY = env.text("SECRET_KEY") or ("only-for-tests-and-local-tools" if LOCAL else "")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
# What is stored encrypted opens with any of these and is sealed with the first.
FIELD_KEYS = env.words("FIELD_KEYS") or [SECRET_KEY]
SITE_URL = env.text("SITE_URL", "http://localhost:8000" if LOCAL else "").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver" if LOCAL else "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
METRICS_TOKEN = env.text("METRICS_TOKEN")

# The ladder, from the frame down to the kit: imports only go down (see docs/architecture.md).
INSTALLED_APPS = [
    "engage.demo",
    "engage.local",
    "cms",
    "engage.opendata",
    "budgets.impact",
    "budgets.grants",
    "budgets.ballots",
    "budgets",
    "academy",
    "ideas",
    "engage.notifications",
    "engage.live",
    "engage.councillors",
    "engage.residents",
    "engage.accounts",
    "engage.places",
    "engage.audit",
    "engage.kit",
    # Wagtail
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # Accounts
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    # Borrowed parts
    "channels",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "engage.kit.middleware.observed",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "engage.kit.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "engage.accounts.middleware.threshold",
    "engage.accounts.middleware.form_status",
    "engage.kit.middleware.size_limit",
    "engage.kit.middleware.refusals",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "engage.urls"
ASGI_APPLICATION = "engage.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context.frame",
                "engage.notifications.context.unread",
            ],
        },
    },
]

# Data -------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.database(
        env.text("DATABASE_URL", "postgresql://localhost/engage" if LOCAL else ""), pool=ENGAGE_ENV != "test"
    )
}
if DATABASES["default"]["ENGINE"] == env.NO_DATABASE:
    # Our own check says that it is missing; what models miss in it would only hide that.
    SILENCED_SYSTEM_CHECKS = ["fields.E220", "fields.E222"]
REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "engage.kit.cache.LastingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "engage",
    }
}
CHANNEL_LAYERS = {
    "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Files ------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = ENGAGE_DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", ENGAGE_DATA / "media")
STORAGES = {
    "default": {"BACKEND": env.text("STORAGE", "django.core.files.storage.FileSystemStorage")},
    # Files that only a view which asked who may hands out: never under MEDIA_ROOT.
    "private": {
        "BACKEND": env.text("STORAGE_PRIVATE", "engage.kit.storage.PrivateFiles"),
        **(
            {}
            if env.text("STORAGE_PRIVATE")
            else {"OPTIONS": {"location": env.folder("PRIVATE_ROOT", ENGAGE_DATA / "private")}}
        ),
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENGAGE_ENV == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
LARGEST_REQUEST = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o644

# People -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["engage.accounts.backends.AccountBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# scrypt asks for memory as well as time, so guessing gains less from graphics cards, at less than half the processor
# time of the second, which stays for passwords that were set with it: signing in writes them anew.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Who has read an email at the address owns it: joining, signing in and a forgotten password all work by a
# code typed into the page that asked for it. No address ever carries a secret, so none ends up in a log.
ACCOUNT_ADAPTER = "engage.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "engage.accounts.forms.SignInForm",
    "signup": "engage.accounts.forms.JoinByEmailForm",
}
ACCOUNT_SIGNUP_FORM_CLASS = "engage.residents.forms.JoinForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_SIGNUP_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Mail can be slow to arrive, so a code lives a quarter of an hour; three wrong tries end it.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
# Everyone in a library or at a town hall meeting comes from one address. So limits by address let a full hall
# of about 300 people join within three minutes, and what guards a single account is counted by its own email
# address or session ("key", "user"). Counted in the shared cache, so more processes do not mean more tries.
ACCOUNT_RATE_LIMITS = {
    "signup": "120/m/ip,1000/h/ip",
    "login": "240/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "request_login_code": "120/m/ip,3/m/key,15/h/key",
    "confirm_email": "1/10s/key",
    "reset_password": "60/m/ip,3/m/key,15/h/key",
    "reset_password_from_key": "60/m/ip",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "idea_link": "60/m/ip,6/h/key",
    "idea_start": "120/m/ip",
    "idea_picture": "60/h/ip",
    "group_invite": "40/h/user,6/h/key",
    "group_sign": "20/h/user,4/h/key",
    "ballot_proof": "240/m/ip,30/h/key",
    "ballot_link": "120/m/ip,6/h/key",
    "ballot_text": "60/m/ip,4/h/key",
    "ballot_receipt": "120/m/ip,4/h/key",
    "ballot_inclusion": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

MFA_ADAPTER = "engage.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "engage.accounts.keys.AddKeyForm",
    "signup_webauthn": "engage.accounts.keys.JoinWithKeyForm",
    "edit_webauthn": "engage.accounts.keys.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # browsers make the same exception, for localhost only
STAFF_MFA = env.flag("STAFF_MFA", default=ENGAGE_ENV == "production")

OIDC = env.openid("OIDC")
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": list(OIDC.apps), "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = OIDC.trusts_email
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = OIDC.trusts_email
SOCIALACCOUNT_ONLY = False

# On a shared computer the session ends with the browser, unless "stay signed in" was ticked.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())

# Mail -------------------------------------------------------------------------------------------------

EMAIL_URL = env.text("EMAIL_URL", f"file://{ENGAGE_DATA / 'mail'}" if LOCAL else "")
MAILERS = {"default": env.mailer(EMAIL_URL)}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "engage@localhost" if LOCAL else "")

# Text messages, for codes to vote with. A class of your own, or posted to SMS_URL, or on the console.
SMS_URL = env.text("SMS_URL")
SMS_TOKEN = env.text("SMS_TOKEN")
SMS_SENDER = env.text("SMS_SENDER", "Engage")
SMS_BACKEND = env.text(
    "SMS_BACKEND",
    "engage.kit.texts.HttpGateway" if SMS_URL else "engage.kit.texts.ToConsole" if LOCAL else "",
)
PHONE_REGION = env.text("PHONE_REGION", "GB")

# Words ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
# Only languages that the whole site can be read in. `make messages` starts a new one (see engage/locale/README.md).
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "engage" / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "Europe/London")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["engage.kit.formats"]

# Safety -----------------------------------------------------------------------------------------------

SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
DEFAULT_EXCEPTION_REPORTER_FILTER = "engage.kit.errors.ReportFilter"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if ENGAGE_ENV == "production":
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
    SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", int(timedelta(days=365).total_seconds()))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = env.flag("SECURE_HSTS_PRELOAD", default=True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Wagtail ----------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Engage"
WAGTAILADMIN_BASE_URL = SITE_URL or "http://localhost"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "english"}
}
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "odt", "ods", "pdf", "txt", "vtt", "webm", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# Page search is indexed in the request that changes the page: with a queue it would go stale whenever no worker runs.
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

# Background work ----------------------------------------------------------------------------------------

# `manage.py procrastinate worker` runs it. A few jobs at a time, so that a long digest holds nothing up.
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 3,
    "delete_jobs": "successful",
    "shutdown_graceful_timeout": 5,
}

# Watching -----------------------------------------------------------------------------------------------

LOGGING = logging.configure(json=ENGAGE_ENV == "production", level=env.text("LOG_LEVEL", "INFO").upper())

# Last, when everything has been read.
ENV_PROBLEMS = env.problems
