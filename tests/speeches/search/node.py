"""A stand-in for an OpenSearch node: HTTP as the documentation of OpenSearch 2 gives it.

It keeps what it is sent and answers the few queries that the product asks, token by token. No live
node could be installed where this was written.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Node:
    """The indices of the node, by name and key, and every request it got."""

    def __init__(self) -> None:
        self.indices: dict[str, dict[str, dict[str, Any]]] = {}
        self.requests: list[tuple[str, str]] = []
        self.is_away = False

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, Any]]:
        """Return the status and the document that answer a request."""
        self.requests.append((method, path))
        if self.is_away:
            return 503, {"error": {"type": "cluster_block_exception"}, "status": 503}
        name, _slash, action = path.partition("?")[0].strip("/").partition("/")
        if method == "DELETE":
            self.indices.pop(name, None)
            return 200, {"acknowledged": True}
        if method == "PUT":
            self.indices[name] = {}
            return 200, {"acknowledged": True, "index": name}
        if action == "_bulk":
            return 200, self._bulk(name, body)
        if action == "_search":
            return 200, self._search(self.indices.get(name, {}), json.loads(body))
        return 400, {"error": {"type": "illegal_argument_exception"}, "status": 400}

    def _bulk(self, name: str, body: bytes) -> dict[str, Any]:
        held = self.indices.setdefault(name, {})
        lines = iter(body.decode().splitlines())
        items = []
        for line in lines:
            ((action, target),) = json.loads(line).items()
            if action == "index":
                held[target["_id"]] = json.loads(next(lines))
                items.append({"index": {"_id": target["_id"], "status": 201}})
            else:
                status = 200 if held.pop(target["_id"], None) else 404
                items.append({"delete": {"_id": target["_id"], "status": status}})
        return {"took": 1, "errors": False, "items": items}

    @staticmethod
    def _search(held: dict[str, dict[str, Any]], body: dict[str, Any]) -> dict[str, Any]:
        scored = [
            (_score(body["query"], source) if "query" in body else 1.0, source["key"], source)
            for source in held.values()
        ]
        found = [row for row in scored if row[0]]
        order = body.get("sort", [])
        if order == [{"key": "asc"}]:
            after = body.get("search_after", [-1])[0]
            found = sorted((row for row in found if row[1] > after), key=lambda row: row[1])
        else:
            found.sort(key=lambda row: (row[0] if "_score" in order else 0, row[1]), reverse=True)
        start = body.get("from", 0)
        answer: dict[str, Any] = {
            "hits": {
                "total": {"value": len(found), "relation": "eq"},
                "hits": [
                    {"_id": str(key), "sort": [key]}
                    for _points, key, _source in found[start : start + body["size"]]
                ],
            }
        }
        if "aggs" in body:
            counts: dict[str, int] = {}
            for _points, _key, source in found:
                for mark in source["marks"]:
                    counts[mark] = counts.get(mark, 0) + 1
            buckets = [{"key": mark, "doc_count": count} for mark, count in counts.items()]
            answer["aggregations"] = {"marks": {"buckets": buckets}}
        return answer


def _score(query: dict[str, Any], source: dict[str, Any]) -> float:
    ((name, asked),) = query.items()
    if name == "bool":
        scores = [_score(part, source) for part in (*asked["must"], *asked["filter"])]
        refused = any(_score(part, source) for part in asked["must_not"])
        return 0.0 if refused or not all(scores) else sum(scores) or 1.0
    if name == "dis_max":
        return max(_score(part, source) for part in asked["queries"])
    ((field, wanted),) = asked.items()
    held = source[field] if field == "marks" else source[field].split(" ")
    if name == "term":
        return float(wanted["value"] in held)
    if name == "prefix":
        return sum(token.startswith(wanted["value"]) for token in held) * wanted.get("boost", 1.0)
    tokens = wanted["query"].split(" ")
    last = tokens.pop()
    times = sum(
        held[place : place + len(tokens)] == tokens
        and place + len(tokens) < len(held)
        and (
            held[place + len(tokens)] == last
            or (name == "match_phrase_prefix" and held[place + len(tokens)].startswith(last))
        )
        for place in range(len(held))
    )
    return times * wanted["boost"]


@contextmanager
def running(node: Node) -> Iterator[str]:
    """Serve ``node`` on a free port of this machine and give its address."""

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            status, answer = node.answer(self.command, self.path, self.rfile.read(length))
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815 - names of the base class

        def log_message(self, *_arguments: object) -> None:
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
