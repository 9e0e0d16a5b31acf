"""The site on one machine: its Python environment, its own PostgreSQL and Valkey, and one command to run it.

    bootstrap.sh    finds a Python; environment.py makes .venv from a lock file
    services.py     starts and stops the two servers; keeper.py is the process that owns them
    __main__.py     `python -m engage.local run | with -- COMMAND | erase | chromium`
    pytest_plugin   the same servers for the tests, with a database that costs no migration

Nothing in the site imports this package: a hosted site brings its own servers by DATABASE_URL and REDIS_URL.
"""
