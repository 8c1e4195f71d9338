"""Removes the body of responses that may have none: to HEAD, and with status 204 and 304."""


def empty_body_middleware(get_response):
    """Outermost: send no body to HEAD, nor with 204 and 304, but to HEAD the length that GET would have.

    The web server would drop the body, with a warning for each. The response still closes what its body is made of.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code in (204, 304):
            del response["Content-Length"]  # it would be that of the empty body
        elif request.method != "HEAD":
            return response
        elif not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if response.streaming:
            response.streaming_content = ()
        else:
            response.content = b""
        return response

    return middleware
