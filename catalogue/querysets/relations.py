"""Access to the rows of a relation of a model, by the name of the relation."""


class Relations:
    """Part of a queryset that reads the rows related to its model."""

    def _related(self, accessor):
        return self.model._meta.get_field(accessor).related_model.objects

    def _through(self, field):
        return self.model._meta.get_field(field).remote_field.through.objects
