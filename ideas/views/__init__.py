"""The public pages of ideas, one file per journey: guard → form → verb → answer.

Where htmx asks, the answer is a partial of the page's own template; to everybody else it is the page, or a redirect.
"""
