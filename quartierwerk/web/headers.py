"""Strict headers on every answer, errors and files included: this middleware stands before all that answer."""

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class StrictHeaders:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        # What a signed-in person saw must not lie in a shared cache or come back after leaving.
        if getattr(getattr(request, "person", None), "is_known", False):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
