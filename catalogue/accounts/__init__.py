"""Accounts and how one gets in: passwords, second factors, reauthentication, e-mails to their owners."""
