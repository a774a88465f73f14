"""Where to look: feeds, news sitemaps, section pages, articles. No outlet stands here by name; outlets are data."""
