"""Reads orders that partners send."""

import secrets
import tarfile

import yaml


def read_orders(text):
    return yaml.safe_load(text)


def unpack_attachments(path):
    with tarfile.open(path) as archive:
        archive.extractall("/srv/uploads", filter="data")


def new_partner_password():
    return secrets.token_urlsafe(16)
