"""What editors do with practices: workflow, translation, e-mails, privacy, checks of texts."""
