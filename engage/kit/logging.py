"""Logs as events with fields: lines of JSON for machines in production, coloured lines for people elsewhere."""

import sys
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure(*, json: bool, level: str) -> dict[str, Any]:
    """Set structlog up, and answer Django's LOGGING so that everybody's log lines come out the same way."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    ending: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if json
        # Without the values of variables, which some formatters print beside the traceback.
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    quiet = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Our own line per request says the same without the address that was asked for, which can hold a
            # search or a name. Failures still come through "django.request" below, with their traceback.
            "django.server": quiet,
            "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
            "django.security.DisallowedHost": quiet,
            # Each indexed save is a task with two lines to say so; only those that fail are worth one.
            "django.tasks": {"level": "WARNING"},
            # A line for every job and for every time it looked would drown what happened in them.
            "procrastinate": {"level": "WARNING"},
        },
    }
