#!/bin/sh
# Rebuilds the committed style sheets, scripts and fonts from the exact packages in package-lock.json.
set -eu
cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "make vendor needs Node.js 20 or newer with npm. The site itself does not." >&2; exit 1; }
npm ci --no-audit --no-fund
node build.mjs
