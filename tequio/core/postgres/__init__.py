"""The database behind everything: Django's PostgreSQL, looked at more cheaply before each request."""
