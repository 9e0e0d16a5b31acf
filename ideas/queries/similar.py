"""Ideas that may say the same, so that support is not split between twins.

Two orders become one by rank (`ideas.rules.similar`): ideas with the same rare words, or words for the same; and
ideas whose title looks the same letter by letter, for what is mistyped. docs/rules/similar.md has the worked tables.
"""

from __future__ import annotations

from django.db import connection

from engage.places.models import Place
from ideas.enums import PUBLIC_STATUSES
from ideas.models import Idea
from ideas.queries.browse import listed
from ideas.rules.similar import BY_LETTERS, BY_WORDS, concepts, fuse, spelt, spoken, strangers

SIMILAR = 5
SHORTEST = 4
# How many ideas are looked at more closely, and how many of each order are fused.
LIKELY, ORDERED = 200, 50
# An idea must have at least this share of what is asked for by words, or be this much alike (0 to 1) by letters.
ENOUGH, ALIKE = 0.15, 0.4

# A word is worth more the fewer ideas have it: ln(1 + ideas / ideas with it). A place is worth what a word would be
# that stands in all its ideas and nowhere else, twice. `hit` is answered from the index `idea_words`, `letters` from
# `idea_title_nearly` once there are so many ideas that it pays; titles are read again only for the likely ideas.
ORDERS = """
WITH concept AS (
    SELECT n, to_tsquery('english', said) AS query, weight
    FROM unnest(%(numbers)s::int[], %(queries)s::text[], %(weights)s::float[]) AS asked (n, said, weight)
), every AS (
    SELECT count(*)::float AS ideas FROM ideas_idea
), here AS (
    SELECT below.id
    FROM places_place place JOIN places_place below ON starts_with(below.path, place.path)
    WHERE place.id = %(near)s
        OR (%(near)s IS NULL AND place.kind <> 'council' AND strpos(%(title)s, ' ' || lower(place.name) || ' ') > 0)
), nearby AS (
    SELECT id FROM ideas_idea WHERE place_id IN (SELECT id FROM here)
), hit AS MATERIALIZED (
    SELECT concept.n, idea.id
    FROM concept JOIN ideas_idea idea ON (
        setweight(to_tsvector('english'::regconfig, COALESCE(idea.title, '')), 'A')
        || setweight(to_tsvector('english'::regconfig, COALESCE(idea.description, '')), 'B')
    ) @@ concept.query
    WHERE idea.status = ANY(%(public)s) AND idea.held_at IS NULL
), worth AS (
    SELECT n, concept.query, concept.weight * ln(1 + every.ideas / COALESCE(frequency.ideas, 1)) AS worth
    FROM concept LEFT JOIN (SELECT n, count(*) AS ideas FROM hit GROUP BY n) frequency USING (n) CROSS JOIN every
), likely AS (
    SELECT hit.id, sum(worth.worth) + CASE WHEN nearby.id IS NULL THEN 0 ELSE
            2 * ln(1 + (SELECT ideas FROM every) / GREATEST((SELECT count(*) FROM nearby), 1)) END AS worth
    FROM hit JOIN worth USING (n) LEFT JOIN nearby ON nearby.id = hit.id
    GROUP BY hit.id, nearby.id
    HAVING sum(worth.worth) >= %(enough)s * (SELECT sum(worth) FROM worth)
    ORDER BY 2 DESC, 1 LIMIT %(likely)s
), words AS (
    SELECT likely.id, (likely.worth + 1.5 * (
            SELECT COALESCE(sum(worth.worth), 0) FROM worth
            WHERE to_tsvector('english'::regconfig, idea.title) @@ worth.query
        )) / (15 + length(to_tsvector('english'::regconfig, idea.title))) AS score
    FROM likely JOIN ideas_idea idea USING (id)
    ORDER BY 2 DESC, 1 LIMIT %(ordered)s
), letters AS (
    SELECT id, similarity(title, %(title)s) AS score
    FROM ideas_idea
    WHERE title %% %(title)s AND similarity(title, %(title)s) >= %(alike)s
        AND status = ANY(%(public)s) AND held_at IS NULL
    ORDER BY 2 DESC, 1 LIMIT %(ordered)s
)
SELECT 'words' AS by, id FROM (SELECT * FROM words ORDER BY score DESC, id) first
UNION ALL
SELECT 'letters', id FROM (SELECT * FROM letters ORDER BY score DESC, id) second
"""


def similar_to(
    title: str, *, description: str = "", near: Place | None = None, limit: int = SIMILAR
) -> list[Idea]:
    """The public ideas most like one that is being written, best first; three queries at the most.

    `near` is the place it is for; without one, a place named in the title is taken. An idea that was joined
    with another is not public: what it says is said by the one it leads to.
    """
    if len(title.strip()) < SHORTEST:
        return []
    asked = concepts(spelt(title, _written()) if strangers(title) else title, description)
    with connection.cursor() as cursor:
        cursor.execute(
            ORDERS,
            {
                "numbers": list(range(len(asked))),
                "queries": [concept.query() for concept in asked],
                "weights": [concept.weight for concept in asked],
                "title": f" {' '.join(spoken(title))} ",
                "near": near.pk if near else None,
                "public": sorted(PUBLIC_STATUSES),
                "enough": ENOUGH,
                "alike": ALIKE,
                "likely": LIKELY,
                "ordered": ORDERED,
            },
        )
        rows = cursor.fetchall()
    by_words = [pk for by, pk in rows if by == "words"]
    by_letters = [pk for by, pk in rows if by == "letters"]
    best = fuse([(BY_WORDS, by_words), (BY_LETTERS, by_letters)])[:limit]
    found = listed(Idea.objects.public()).in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _written() -> set[str]:
    """Every word that stands in some idea's title, in lower case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM ts_stat('SELECT to_tsvector(''simple'', title) FROM ideas_idea')")
        return {word for (word,) in cursor.fetchall()}
