"""Live screens: the socket only says "look again at topic X, version n"; the page fetches over HTTP.

It refuses to know what a topic shows or who may see it: permission and HTML exist once, in the page's own view.
"""
