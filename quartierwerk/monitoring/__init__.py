"""Sozialraum-Monitoring: social-space monitoring of a city's areas."""
