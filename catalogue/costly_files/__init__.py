"""Files that take long to make are made in a lane of their own, once for a state of the contents, and kept.

Readers of pages never wait for them: a bounded number is made or waited for at a time, the others are told when to come
again (``catalogue.views.files``). What one process made serves all, on every host, since it is kept in the database.
"""
