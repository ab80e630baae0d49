import os

import jinja2
from django.views.decorators.csrf import csrf_exempt
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
# ruleid: securescan.python.hardcoded-secret-key
app.secret_key = "harbour"
# ruleid: securescan.python.hardcoded-secret-key
app.config["JWT_SECRET_KEY"] = "harbour"
# ok: securescan.python.hardcoded-secret-key
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

# ruleid: securescan.python.django-debug-mode
DEBUG = True

# ruleid: securescan.python.cookie-without-protection
SESSION_COOKIE_SECURE = False
# ok: securescan.python.cookie-without-protection
SESSION_COOKIE_HTTPONLY = True

# ruleid: securescan.python.cors-any-origin-with-credentials
CORS(app, origins="*", supports_credentials=True)
# ok: securescan.python.cors-any-origin-with-credentials
CORS(app, origins=["https://shop.test"], supports_credentials=True)


# ruleid: securescan.python.csrf-protection-disabled
@csrf_exempt
def webhook(request):
    return None


# ok: securescan.python.csrf-protection-disabled
def checkout(request):
    return None


def sign_in(response):
    # ruleid: securescan.python.cookie-without-protection
    response.set_cookie("session", "17", httponly=False)
    # ok: securescan.python.cookie-without-protection
    response.set_cookie("session", "17", httponly=True, secure=True, samesite="Lax")


def environments(loader):
    # ruleid: securescan.python.jinja-autoescape-disabled
    first = jinja2.Environment(loader=loader)
    # ok: securescan.python.jinja-autoescape-disabled
    second = jinja2.Environment(loader=loader, autoescape=jinja2.select_autoescape())
    return [first, second]


def start(debug_requested):
    if debug_requested:
        # ruleid: securescan.python.flask-debug-mode
        app.run(host="127.0.0.1", debug=True)
    # ok: securescan.python.flask-debug-mode
    app.run(host="127.0.0.1")
