"""The migrations of the database, and how one is written."""
