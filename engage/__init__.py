"""Engage: a council and its residents decide together how local money is spent, and see what became of it.

The files at this level are wiring (settings, addresses, the ASGI door): they import, nobody imports them.
The sub-packages are the services every part of the product shares; see docs/architecture.md for their order.
"""
