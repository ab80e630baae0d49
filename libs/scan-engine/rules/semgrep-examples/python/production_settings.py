import os

# ok: securescan.python.django-debug-mode
DEBUG = os.environ.get("SHOP_DEBUG") == "1"
# ok: securescan.python.hardcoded-secret-key
SECRET_KEY = os.environ["SECRET_KEY"]
