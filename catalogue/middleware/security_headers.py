"""What browsers may do with an answer: headers that stand on every one, static files and refusals included."""

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
    "Cache-Control": "no-cache",  # what says nothing else may be kept, and is asked for anew each time
}


def policies(get_response):
    """Set the content security policy of the settings and what else every answer says, unless a view knows better."""
    headers = {HEADER: build_policy(), **SAME_ON_ALL}

    def answer(request):
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return answer
