"""Open data: what the council publishes for other people's programs, at addresses that stay.

It turns the journal and the awards into files that others can load and check: grants in the 360Giving standard, the
lists that the transparency code asks for, and the journal itself with a program that verifies it. It holds no facts
of its own but who publishes; it moves no money and knows no page that shows it.
"""
