"""What a name says."""
