"""What an editor may change without a programmer (outlets, sections, watch-lists, policy), and its strict loader."""
