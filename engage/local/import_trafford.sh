#!/bin/sh
# Run with the servers up (make import-trafford DATA=folder): build a site on Trafford Council's open data.
#
# The electors were counted for wards of before 2023, whose codes no longer match: those rows are reported, not used.
# MATCH_NAMES=1 uses the ones whose ward has kept its exact name; its border may have moved all the same.
set -eu
data=$1
manage=".venv/bin/python manage.py"
source="Trafford Council open data"
attribution="Trafford Council. Contains public sector information licensed under the Open Government Licence v3.0"
say() { printf '\n== %s\n' "$1"; }

echo "Bringing the database up to date …"
$manage migrate --verbosity 0

say "Wards"
$manage import_places "$data/electoral_ward.geojson" --kind ward --council Trafford --code E08000009 \
    --name-property area_name --code-property area_code \
    --source "$source: electoral wards" --attribution "$attribution"

# The file gives localities no codes and does not say which wards they hold, so both are parts of the council.
say "Localities"
$manage import_places "$data/localities.geojson" --kind locality --name-property area_name \
    --source "$source: localities" --attribution "$attribution"

# The file says 2020 and no day; the register of a year is published on 1 December.
say "Electors"
$manage import_electors "$data/electors_by_ward_2020.csv" --counted-on 2020-12-01 ${MATCH_NAMES:+--match-names} \
    --source "$source: electors by ward, 2020" --attribution "$attribution"

say "Grants"
$manage import_grants "$data/trafford_council_voluntary_sector_grants.csv" \
    --source "$source: voluntary sector grants" --attribution "$attribution"

printf '\nDone. See it with:  make run ENGAGE_DATA="%s"\n' "$ENGAGE_DATA"
