"""Watching the harvest: what each crawl read, how that compares with the runs before, and one alert per trouble."""
