"""From an address to an article: fetching, snapshots, extraction, dates, language. Every failure has a name."""
