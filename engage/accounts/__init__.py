"""Accounts: logins and the roles they carry. It refuses to know what a person does here; that is a Resident."""
