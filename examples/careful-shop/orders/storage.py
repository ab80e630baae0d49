import os

import psycopg2


def connect():
    return psycopg2.connect(os.environ["DATABASE_URL"])


def find_orders(customer):
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT number, total FROM orders WHERE customer = %s", (customer,))
        return cursor.fetchall()


def insert_order(order):
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orders (number, customer, total) VALUES (%s, %s, %s)",
            (order["number"], order["customer"], order["total"]),
        )
