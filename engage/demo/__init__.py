"""An invented council, Tidewold, with everything a real one would have after two and a half years.

It knows every app, and no app knows it. Content is data under `content/`; `load.py` writes it through the
apps' own verbs. It refuses to touch a database that already holds anything it did not write itself.
"""
