"""Sets the security headers of every response, static files and errors included."""

from csp.utils import build_policy

HEADER = "Content-Security-Policy"
UNUSED = (
    "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
    "payment", "publickey-credentials-get", "usb", "xr-spatial-tracking",
)  # fmt: skip
SAME_ON_ALL = {
    "Cross-Origin-Resource-Policy": "same-origin",  # what other sites may read goes by CORS, which this leaves alone
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",  # a browser may store the response, and revalidates it each time
}


def security_headers_middleware(get_response):
    """Set the content security policy of the settings and the headers above, unless a view has set its own."""
    headers = {HEADER: build_policy(), **SAME_ON_ALL}

    def middleware(request):
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
