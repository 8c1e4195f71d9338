"""How the production server runs; gunicorn reads this file by itself."""

from catalogue import env

bind = f"{env.env.str('HOST', default='') or '127.0.0.1'}:{env.port('PORT', default=8000)}"
workers = env.number("WEB_CONCURRENCY", default=2)
threads = 4  # a slow client holds a thread, not a worker
timeout = 60
max_requests = 5000  # a worker is renewed now and then, so that no leak can grow
max_requests_jitter = 500
control_socket_disable = True  # nothing here needs it, and a read-only home has no place for it
