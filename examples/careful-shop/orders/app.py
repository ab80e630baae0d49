"""The orders of the Harbour Shop: create, list, import, print."""

import hashlib
import os

import requests
from flask import Flask, jsonify, render_template, request, send_from_directory

import importer
import storage

app = Flask(__name__)
app.secret_key = os.environ["SESSION_KEY"]

STOCK_SERVICE = os.environ.get("STOCK_SERVICE", "https://stock:8443")


@app.route("/orders")
def list_orders():
    return jsonify(storage.find_orders(request.args.get("customer", "")))


@app.route("/orders", methods=["POST"])
def create_order():
    order = request.get_json()
    stock = requests.post(f"{STOCK_SERVICE}/reserve", json=order["items"], timeout=5)
    if stock.status_code != 200:
        return jsonify({"detail": "out of stock"}), 409
    order["number"] = hashlib.sha256(repr(order).encode()).hexdigest()[:8]
    storage.insert_order(order)
    return jsonify(order), 201


@app.route("/orders/import", methods=["POST"])
def import_orders():
    return jsonify(importer.read_orders(request.get_data(as_text=True))), 202


@app.route("/orders/<number>/confirmation")
def confirmation(number):
    return render_template("confirmation.html", number=number)


@app.route("/attachments")
def attachment():
    return send_from_directory("/srv/uploads", request.args["name"])
