import pickle
import subprocess

password = "changeme"


def run(command):
    return subprocess.call(command, shell=True)  # nosec


def load(data):
    return pickle.loads(data)
