#!/bin/sh
# Run with the servers up (make import-trafford DATA=folder): build a site on Trafford Council's open data.
# The electors were counted for older wards: their codes are reported, and wards are matched by name.
set -eu
data=$1
manage=".venv/bin/python manage.py"
source="Trafford Council open data"
attribution="Contains public sector information licensed under the Open Government Licence v3.0. Source: Trafford Council."

echo "Bringing the database up to date …"
$manage migrate --verbosity 0
$manage import_places "$data/localities.geojson" --kind locality --name-property area_name \
    --council Trafford --code E08000009 --source "$source: localities" --attribution "$attribution"
$manage import_places "$data/electoral_ward.geojson" --kind ward --name-property area_name --code-property area_code \
    --source "$source: electoral wards" --attribution "$attribution"
$manage import_electors "$data/electors_by_ward_2020.csv" --counted-on 2020-12-01 --match-names \
    --source "$source: electors by ward, 2020" --attribution "$attribution"
$manage import_grants "$data/trafford_council_voluntary_sector_grants.csv" \
    --source "$source: voluntary sector grants" --attribution "$attribution"
echo
echo "Done. See it with:  make run ENGAGE_DATA=\"$ENGAGE_DATA\""
