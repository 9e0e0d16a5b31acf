"""What the money changed: measured outcomes, value maps, and where the money went.

It reads grants and money and moves neither.
"""
