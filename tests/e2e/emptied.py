"""Takes what a catalogue shows out of it: ``python -m tests.e2e.emptied``.

Networks, States, forums and terms stay, as in a catalogue before its first practice; that of ``DATABASE_URL`` is used.
"""

import os

import django


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    from catalogue.choices import State
    from catalogue.models import CommitmentAnswer, Practice, Presentation
    from networks.models import Commitment, Meeting

    Practice.objects.all().set_state(State.ARCHIVED)
    for model in (CommitmentAnswer, Presentation, Commitment, Meeting):
        model.objects.all().delete()


if __name__ == "__main__":
    main()
