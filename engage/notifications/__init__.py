"""Notifications: who follows what, what they were told, and how it reaches them: on the site, by email, in a digest.

It refuses to know what it tells of. A higher app registers its kinds of news and of topics (`kinds.py`), and its
reactions call one verb, `notify`. Nothing that people wrote is stored here: words are made when they are read.
"""
