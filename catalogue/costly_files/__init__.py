"""Files that take long: queued apart from pages, generated once for a state of the contents, and stored.

Pages never wait for them: a bounded number is generated or waited for at a time, the other requests are told when to
come again (``catalogue.views.files``). What one process generated serves all, on every host: it is in the database.
"""
