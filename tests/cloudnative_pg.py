"""Whether a manifest is one that the operator CloudNativePG takes: no unknown field, no value of another type.

``FIELDS`` are those that ``deploy/kubernetes`` uses, in the words of the reference of the operator's interface
``postgresql.cnpg.io/v1``, release 1.30. All of them are in the file that the operator is installed from; whoever has it
compares with that: ``python -m tests.cloudnative_pg cnpg-1.30.0.yaml``.
"""

import sys
from pathlib import Path

import jsonschema
import yaml

MANIFEST = Path(__file__).resolve().parent.parent / "deploy" / "kubernetes" / "postgresql.yaml"
TEXT, WHOLE_NUMBER = {"type": "string"}, {"type": "integer"}


def one_of(*values):
    return {"enum": [*values]}


def fields(*, required=(), **properties):
    """Return the schema of an object with these fields and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*required],
        "additionalProperties": False,
    }


QUANTITIES = {
    "type": "object",
    "additionalProperties": {"type": ["string", "integer"], "pattern": r"^\d+(m|[KMGT]i?)?$"},
}
FIELDS = fields(
    required=("apiVersion", "kind", "metadata", "spec"),
    apiVersion={"const": "postgresql.cnpg.io/v1"},
    kind={"const": "Cluster"},
    metadata=fields(required=("name",), name=TEXT),
    spec=fields(
        required=("instances",),
        instances={**WHOLE_NUMBER, "minimum": 1},
        bootstrap=fields(
            initdb=fields(
                **dict.fromkeys(("database", "owner", "encoding"), TEXT), localeCollate=TEXT, localeCType=TEXT
            )
        ),
        postgresql=fields(
            parameters={"type": "object", "additionalProperties": TEXT},
            synchronous=fields(
                required=("method", "number"),
                method=one_of("any", "first"),
                number={**WHOLE_NUMBER, "minimum": 1},
                dataDurability=one_of("required", "preferred"),
            ),
        ),
        affinity=fields(podAntiAffinityType=TEXT, topologyKey=TEXT),
        storage=fields(size=TEXT, storageClass=TEXT),
        resources=fields(requests=QUANTITIES, limits=QUANTITIES),
    ),
)


def validate(document, schema=FIELDS):
    """Raise ``jsonschema.ValidationError`` for a manifest that does not fit."""
    jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)


def schema_in(file, kind):
    """Return the strict schema of a kind out of the file that the operator is installed from."""
    for document in yaml.safe_load_all(Path(file).read_text()):
        if document["kind"] == "CustomResourceDefinition" and document["spec"]["names"]["kind"] == kind:
            return strict(document["spec"]["versions"][0]["schema"]["openAPIV3Schema"])
    raise SystemExit(f"{file} defines no {kind}.")


def strict(schema):
    """Return a schema whose objects have no fields but those that it names; Kubernetes knows those of the metadata."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(part) for name, part in schema.items()}
    named = isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema
    return {**closed, "additionalProperties": False} if named else closed


if __name__ == "__main__":
    for shipped in yaml.safe_load_all(MANIFEST.read_text()):
        validate(shipped, schema_in(sys.argv[1], shipped["kind"]))
        print(f"{shipped['kind']} {shipped['metadata']['name']} fits.")
