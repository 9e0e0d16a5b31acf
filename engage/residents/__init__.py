"""Residents: people, with or without a login. It refuses to know what they proposed, supported or were paid."""
