import hashlib
import random
import secrets
import ssl

import jwt
import paramiko
import requests
from Crypto.Cipher import AES, DES


def calls():
    # ruleid: securescan.python.tls-verification-disabled
    first = requests.get("https://pay.test", verify=False, timeout=5)
    # ok: securescan.python.tls-verification-disabled
    second = requests.get("https://pay.test", verify="/etc/ssl/shop.pem", timeout=5)
    session = requests.Session()
    # ruleid: securescan.python.tls-verification-disabled
    session.verify = False
    # ruleid: securescan.python.tls-verification-disabled
    careless = ssl._create_unverified_context()
    # ok: securescan.python.tls-verification-disabled
    careful = ssl.create_default_context()
    return [first, second, careless, careful]


def connect(host):
    client = paramiko.SSHClient()
    # ruleid: securescan.python.ssh-host-key-not-checked
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    # ok: securescan.python.ssh-host-key-not-checked
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(host)


def digests(data):
    # ruleid: securescan.python.weak-hash
    first = hashlib.md5(data).hexdigest()
    # ruleid: securescan.python.weak-hash
    second = hashlib.new("sha1", data).hexdigest()
    # ok: securescan.python.weak-hash
    third = hashlib.sha256(data).hexdigest()
    # ok: securescan.python.weak-hash
    fourth = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return [first, second, third, fourth]


def ciphers(key, iv):
    # ruleid: securescan.python.weak-cipher
    first = AES.new(key, AES.MODE_ECB)
    # ruleid: securescan.python.weak-cipher
    second = DES.new(key, DES.MODE_CBC, iv)
    # ok: securescan.python.weak-cipher
    third = AES.new(key, AES.MODE_GCM)
    return [first, second, third]


def random_values(letters, banners):
    # ruleid: securescan.python.insecure-random-token
    reset_token = "".join(random.choice(letters) for _ in range(20))
    # ok: securescan.python.insecure-random-token
    session_token = secrets.token_urlsafe(32)
    # ok: securescan.python.insecure-random-token
    banner = random.choice(banners)
    return [reset_token, session_token, banner]


def tokens(token, key):
    # ruleid: securescan.python.jwt-verification-disabled
    first = jwt.decode(token, options={"verify_signature": False})
    # ruleid: securescan.python.jwt-verification-disabled
    second = jwt.decode(token, key, algorithms=["HS256", "none"])
    # ok: securescan.python.jwt-verification-disabled
    third = jwt.decode(token, key, algorithms=["HS256"])
    return [first, second, third]
