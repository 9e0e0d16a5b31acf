#!/bin/sh
# Run with the servers up (make checks): are the migrations complete, and does Django accept a production configuration?
set -e
python=.venv/bin/python
$python manage.py makemigrations --check --dry-run
$python manage.py check --fail-level WARNING
export ENGAGE_ENV=production DEBUG=0 SITE_URL=https://engage.example ALLOWED_HOSTS=engage.example
export TRUSTED_PROXIES=1 CSRF_TRUSTED_ORIGINS=https://engage.example EMAIL_URL=smtps://mail.example DEFAULT_FROM_EMAIL=engage@engage.example
export SECRET_KEY=0123456789-only-to-check-the-configuration-abcdefghijklmnopqrstuvwxyz
export FIELD_KEYS=0123456789-only-to-check-what-is-sealed-abcdefghijklmnop
exec $python manage.py check --deploy --fail-level WARNING
