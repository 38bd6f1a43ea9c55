"""When it all happens: Prefect flows, and the command line."""
