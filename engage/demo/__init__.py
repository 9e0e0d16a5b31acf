"""An invented council, Tidewold, with everything a real one would have after two and a half years.

    content/     its words and figures: TOML for the county, councillors, ideas, awards, lessons, pages and news
    places.py    its map; plan.py who did what when: both pure, and the same every time
    pictures/    its pictures, drawn; prose.py turns plain text into a page's blocks
    steps/       writes it all, through the apps' own verbs; load.py runs the steps in one transaction
    signins.py   who can sign in, in which role

It knows every app, and no app knows it. It refuses to touch a database that already holds anything it did not
write itself.
"""
