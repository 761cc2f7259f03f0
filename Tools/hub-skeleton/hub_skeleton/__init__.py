"""Fetches the small files of a model repository, and of its weights only the headers."""

__version__ = "1.0.0"
