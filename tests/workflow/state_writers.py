"""Finds the places of a program that write a paper's state, in whatever way Python and Django offer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

STATE = "status"
WRITING = {"update", "create", "get_or_create", "update_or_create", "aupdate", "acreate"}
NAMING = {"bulk_update", "abulk_update"}
BY_HAND = re.compile(rf"\bupdate\b.+\bset\b.+\b{STATE}\b", re.IGNORECASE | re.DOTALL)


def writers_of_state(source: str, papers: set[str]) -> list[int]:
    """Name the lines that write a state; `papers` are the classes whose instances are made with one."""
    return sorted({node.lineno for node in ast.walk(ast.parse(source)) if writes(node, papers)})


def writes(node: ast.AST, papers: set[str]) -> bool:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.NamedExpr | ast.For | ast.withitem):
        return any(is_state(target) for target in targets_of(node))
    if isinstance(node, ast.Call):
        return calls_for_it(node, papers)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(BY_HAND.search(node.value))


def targets_of(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Assign):
        found = node.targets
    elif isinstance(node, ast.withitem):
        found = [node.optional_vars] if node.optional_vars else []
    else:
        found = [node.target]
    for target in found:
        yield from ast.walk(target)


def is_state(target: ast.AST) -> bool:
    """Whether it is `….status`, or `….__dict__["status"]`."""
    if isinstance(target, ast.Subscript):
        of_instance = isinstance(target.value, ast.Attribute) and target.value.attr == "__dict__"
        return of_instance and STATE in words_in(target.slice)
    return isinstance(target, ast.Attribute) and target.attr == STATE and isinstance(target.ctx, ast.Store)


def calls_for_it(call: ast.Call, papers: set[str]) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in {"setattr", "__setattr__"} | NAMING:
        return any(
            STATE in words_in(argument) for argument in [*call.args, *(k.value for k in call.keywords)]
        )
    if name not in WRITING | papers:
        return False
    # `status=…`, `**{"status": …}`, `defaults={"status": …}`; what is found by it is no writing.
    return any(
        keyword.arg == STATE
        or (keyword.arg in {None, "defaults", "create_defaults"} and has_key(keyword.value))
        for keyword in call.keywords
    )


def has_key(node: ast.AST) -> bool:
    """Whether a dictionary of this name is put together in the expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Dict) and any(
            key is not None and STATE in words_in(key) for key in part.keys
        ):
            return True
        is_dict = isinstance(part, ast.Call) and getattr(part.func, "id", "") == "dict"
        if is_dict and any(keyword.arg == STATE for keyword in part.keywords):
            return True
    return False


def words_in(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
