"""Frozen editions of the catalogue."""
