"""The least that a server of this stack can do, to measure the product's pages beside."""

from flask import Flask

app = Flask("hello")


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def hello(path: str) -> str:
    return "Hello, World!"
