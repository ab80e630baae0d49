import os
import tarfile
import tempfile

import requests
from flask import Flask, redirect, render_template, request, send_file, url_for
from markupsafe import Markup, escape
from werkzeug.utils import secure_filename

app = Flask(__name__)


@app.route("/invoice")
def invoice():
    name = request.args["name"]
    # ruleid: securescan.python.path-traversal
    return send_file(os.path.join("/srv/invoices", name))


@app.route("/manuals/<path:name>")
def manual(name):
    # ruleid: securescan.python.path-traversal
    with open("/srv/manuals/" + name) as text:
        return {"text": text.read()}


@app.route("/logo", methods=["POST"])
def logo():
    upload = request.files["logo"]
    # ok: securescan.python.path-traversal
    upload.save(os.path.join("/srv/logos", secure_filename(upload.filename)))
    # ok: securescan.python.path-traversal
    with open("/srv/logos/index.txt") as index:
        return {"logos": index.read()}


@app.route("/preview")
def preview():
    # ruleid: securescan.python.server-side-request-forgery
    answer = requests.get(request.args["url"], timeout=5)
    # ok: securescan.python.server-side-request-forgery
    rates = requests.get("https://rates.test/today", params={"for": request.args["currency"]}, timeout=5)
    return {"status": [answer.status_code, rates.status_code]}


@app.route("/sign-in")
def sign_in():
    if "next" in request.args:
        # ruleid: securescan.python.open-redirect
        return redirect(request.args["next"])
    # ok: securescan.python.open-redirect
    return redirect(url_for("invoice", name=request.args["name"]))


@app.route("/search")
def search():
    term = request.args.get("q", "")
    if len(term) > 50:
        # ruleid: securescan.python.reflected-html
        return f"<p>Too long: {term}</p>"
    if not term:
        # ok: securescan.python.reflected-html
        return f"<p>Nothing found for {escape(term)}</p>"
    if term == "orders":
        # ok: securescan.python.reflected-html
        # ok: securescan.python.open-redirect
        return redirect("/orders?" + term)
    # ruleid: securescan.python.reflected-html
    title = Markup("<h1>" + term + "</h1>")
    # ok: securescan.python.reflected-html
    return render_template("search.html", title=title, term=term)


def unpack(path):
    with tarfile.open(path) as archive:
        # ruleid: securescan.python.archive-extraction
        archive.extractall("/srv/import")
    with tarfile.open(path) as archive:
        # ok: securescan.python.archive-extraction
        archive.extractall("/srv/import", filter="data")


def scratch():
    # ruleid: securescan.python.temporary-file-race
    name = tempfile.mktemp()
    # ok: securescan.python.temporary-file-race
    handle, path = tempfile.mkstemp()
    return [name, handle, path]
