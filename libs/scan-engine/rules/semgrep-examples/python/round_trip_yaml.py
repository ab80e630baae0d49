from ruamel.yaml import YAML


def read(text):
    yaml = YAML()
    # ok: securescan.python.yaml-unsafe-load
    return yaml.load(text)
