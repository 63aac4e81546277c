from django.urls import URLPattern, URLResolver

public_patterns: list[URLPattern | URLResolver] = []
staff_patterns: list[URLPattern | URLResolver] = []
