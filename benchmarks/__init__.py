"""Measures. Absolute figures drift; the ratios are the point."""
