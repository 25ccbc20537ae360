"""Answers every request, and the hook that asks whether the machine is ready."""
from http.server import BaseHTTPRequestHandler, HTTPServer


class Answer(BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(200)
        self.end_headers()

    do_GET = do_POST


HTTPServer(("", 9000), Answer).serve_forever()
