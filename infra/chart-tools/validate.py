"""validate.py VERSION FILE: checks each object of Kubernetes itself in FILE against the schemas of VERSION; those of others have none here."""

import sys

import kubernetes_validate
import yaml

version, path = sys.argv[1:]
counts = {"valid": 0, "of others": 0}
with open(path) as file:
    for thing in yaml.safe_load_all(file):
        if thing is None:
            continue
        group = thing["apiVersion"].rpartition("/")[0]
        if "." in group and not group.endswith(".k8s.io") or group == "gateway.networking.k8s.io":
            counts["of others"] += 1
            continue
        try:
            kubernetes_validate.validate(thing, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            sys.exit(f"{path}: {thing['kind']} {thing['metadata']['name']}: {error}")
        counts["valid"] += 1
print(f"Kubernetes {version}: {path.rpartition('/')[2]}: {counts}")
