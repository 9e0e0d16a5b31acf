"""Places: the tree of areas (council, divisions or wards, localities, parishes), who lives there, where they lie.

It refuses to know what money or ideas belong to a place.
"""
