import asyncio
import os
import pickle
import shlex
import subprocess

import jinja2
import lxml.etree
import yaml
from flask import render_template, render_template_string, request


def sql_statements(cursor, name, limit):
    # ruleid: securescan.python.sql-string-formatting
    cursor.execute("SELECT * FROM customers WHERE name = '" + name + "'")
    # ruleid: securescan.python.sql-string-formatting
    cursor.execute(f"SELECT * FROM orders LIMIT {limit}")
    # ruleid: securescan.python.sql-string-formatting
    cursor.execute("DELETE FROM orders WHERE name = '%s'" % name)
    statement = "UPDATE orders SET open = 0 WHERE name = '{}'".format(name)
    # ruleid: securescan.python.sql-string-formatting
    cursor.execute(statement)
    # ok: securescan.python.sql-string-formatting
    cursor.execute("SELECT * FROM customers WHERE name = %s", (name,))
    # ok: securescan.python.sql-string-formatting
    cursor.execute("SELECT id " + "FROM orders")
    # ok: securescan.python.sql-string-formatting
    job.execute(f"import of {name}")


async def commands(name):
    # ruleid: securescan.python.shell-command-from-string
    subprocess.run(f"convert {name} out.png", shell=True, check=True)
    # ruleid: securescan.python.shell-command-from-string
    os.system("rm " + name)
    # ruleid: securescan.python.shell-command-from-string
    await asyncio.create_subprocess_shell("tar -xf " + name)
    # ok: securescan.python.shell-command-from-string
    subprocess.run(["convert", name, "out.png"], check=True)
    # ok: securescan.python.shell-command-from-string
    subprocess.run("df -h | sort", shell=True, check=True)
    # ok: securescan.python.shell-command-from-string
    os.system("rm " + shlex.quote(name))


def evaluation(formula, values):
    # ruleid: securescan.python.dynamic-code-evaluation
    total = eval(formula)
    # ruleid: securescan.python.dynamic-code-evaluation
    exec(formula, values)
    # ok: securescan.python.dynamic-code-evaluation
    fixed = eval("1 + 1")
    return total + fixed


def templates(environment, text):
    # ruleid: securescan.python.template-from-string
    first = render_template_string("<h1>" + text + "</h1>")
    # ruleid: securescan.python.template-from-string
    second = jinja2.Template(text).render(shop="Harbour")
    # ok: securescan.python.template-from-string
    third = render_template_string("<h1>{{ title }}</h1>", title=text)
    # ok: securescan.python.template-from-string
    fourth = render_template("page.html", title=text)
    # ok: securescan.python.template-from-string
    fifth = environment.get_template("page.html").render(title=text)
    return [first, second, third, fourth, fifth]


def documents(text):
    # ruleid: securescan.python.yaml-unsafe-load
    first = yaml.load(text, Loader=yaml.Loader)
    # ruleid: securescan.python.yaml-unsafe-load
    second = yaml.unsafe_load(text)
    # ok: securescan.python.yaml-unsafe-load
    third = yaml.load(text, Loader=yaml.SafeLoader)
    # ok: securescan.python.yaml-unsafe-load
    fourth = yaml.safe_load(text)
    return [first, second, third, fourth]


def stored_objects(path):
    # ruleid: securescan.python.unsafe-deserialization
    basket = pickle.loads(request.cookies["basket"].encode())
    with open(path, "rb") as cache:
        # ok: securescan.python.unsafe-deserialization
        prices = pickle.load(cache)
    # ok: securescan.python.unsafe-deserialization
    body = request.get_json()
    return [basket, prices, body]


def parsers():
    # ruleid: securescan.python.xml-external-entities
    careless = lxml.etree.XMLParser(resolve_entities=True)
    # ok: securescan.python.xml-external-entities
    careful = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    return [careless, careful]
