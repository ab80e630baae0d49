"""The orders of the Harbour Shop: create, list, import, print."""

import hashlib
import os
import subprocess

import requests
from flask import Flask, jsonify, render_template_string, request, send_file

import importer
import storage

app = Flask(__name__)
app.secret_key = "lighthouse-on-the-pier"

STOCK_SERVICE = os.environ.get("STOCK_SERVICE", "https://stock:8443")


@app.route("/orders")
def list_orders():
    return jsonify(storage.find_orders(request.args.get("customer", "")))


@app.route("/orders", methods=["POST"])
def create_order():
    order = request.get_json()
    stock = requests.post(f"{STOCK_SERVICE}/reserve", json=order["items"], verify=False, timeout=5)
    if stock.status_code != 200:
        return jsonify({"detail": "out of stock"}), 409
    order["number"] = hashlib.md5(repr(order).encode()).hexdigest()[:8]
    storage.insert_order(order)
    return jsonify(order), 201


@app.route("/orders/import", methods=["POST"])
def import_orders():
    return jsonify(importer.read_orders(request.get_data(as_text=True))), 202


@app.route("/orders/<number>/label")
def print_label(number):
    printer = request.args.get("printer", "packing-table")
    subprocess.run(f"lp -d {printer} labels/{number}.pdf", shell=True, check=True)
    return "", 204


@app.route("/orders/<number>/confirmation")
def confirmation(number):
    greeting = request.args.get("greeting", "Thank you")
    return render_template_string("<h1>" + greeting + "</h1><p>Order {{ number }}</p>", number=number)


@app.route("/attachments")
def attachment():
    return send_file(os.path.join("/srv/uploads", request.args["name"]))


if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)
