"""An import contract of our own: some modules import nothing but a short list and the standard library."""

from __future__ import annotations

import sys
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.domain.helpers import module_expressions_to_modules
from importlinter.domain.imports import ModuleExpression


class OnlyImportsContract(Contract):
    """Kept while `modules` and all below them import only `allowed` packages and the standard library, directly.

    The allowed are named, not the forbidden: a module that nobody thought of is refused.
    """

    type_name = "only"

    modules = fields.ListField(subfield=fields.ModuleExpressionField())
    allowed = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        # The fields are descriptors of import-linter: on an instance they hold what was parsed.
        importers = module_expressions_to_modules(graph, cast(list[ModuleExpression], self.modules), as_packages=True)
        allowed = cast(list[str], self.allowed)
        found = sorted(
            (importer.name, imported)
            for importer in importers
            for imported in graph.find_modules_directly_imported_by(importer.name)
            if not _is_allowed(imported, allowed)
        )
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["found"]:
            output.print_error(f"- {importer} -> {imported}", bold=False)
        output.new_line()


def _is_allowed(imported: str, allowed: list[str]) -> bool:
    if imported.partition(".")[0] in sys.stdlib_module_names:
        return True
    return any(imported == name or imported.startswith(f"{name}.") for name in allowed)
