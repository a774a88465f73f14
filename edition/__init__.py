"""The monthly product: rendering and checking what leaves the house."""
