"""Digests of published meetings in the formats an office hands on: one document, many targets."""
