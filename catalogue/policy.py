"""The content security policy, the same text on every answer."""

from csp.utils import build_policy

HEADER = "Content-Security-Policy"


def content_policy(get_response):
    """Set the policy of the settings: written out once, not for each answer anew."""
    policy = build_policy()

    def answer(request):
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return answer
