"""The web -> archive -> records, mentions, facts."""
