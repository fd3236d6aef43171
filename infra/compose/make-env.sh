#!/bin/sh
# Writes infra/.env, which compose.yaml reads: secrets made on this machine, once. One that is there stays as it is; remove it (and the
# volumes: docker compose -f infra/compose.yaml down --volumes) to begin anew. Needs openssl.
set -eu
cd "$(dirname "$0")/.."
if [ -e .env ]; then
  echo "infra/.env is there already."
  exit 0
fi
command -v openssl >/dev/null || { echo "openssl is missing." >&2; exit 1; }
secret() { openssl rand -hex 24; }
umask 077
cat >.env.draft <<END
# Made by infra/compose/make-env.sh. Not for the repository.
COMPOSE_PROJECT_NAME=clientele
CLIENTELE_IMAGE=clientele:local
CLIENTELE_PORT=4000
CLIENTELE_ISSUER_PORT=4081
POSTGRES_PASSWORD=$(secret)
DATABASE_PASSWORD=$(secret)
CLIENTELE_MASTER_KEY=first:$(openssl rand -base64 32)
KEYCLOAK_ADMIN_PASSWORD=$(secret)
CLIENTELE_PLATFORM_CLIENT_SECRET=$(secret)
CLIENTELE_PROFILES_CLIENT_SECRET=$(secret)
CLIENTELE_INTERACTIONS_CLIENT_SECRET=$(secret)
CLIENTELE_SURVEYS_CLIENT_SECRET=$(secret)
CLIENTELE_SEGMENTATION_CLIENT_SECRET=$(secret)
CLIENTELE_INTEGRATIONS_CLIENT_SECRET=$(secret)
CLIENTELE_PARTNER_ACME_CLIENT_SECRET=$(secret)
CLIENTELE_PARTNER_GLOBEX_PUBLIC_KEY=$(openssl genrsa 2048 2>/dev/null | openssl rsa -pubout -outform DER 2>/dev/null | openssl base64 -A)
S3_ACCESS_KEY=$(openssl rand -hex 10)
S3_SECRET_KEY=$(secret)
END
mv .env.draft .env
echo "infra/.env is made. Next: docker compose -f infra/compose.yaml up --build"
