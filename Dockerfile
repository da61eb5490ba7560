# One image for every role: `--services=web,worker` (both unless told) decides what a container does.
FROM node:24-trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
RUN node api/cli/prepare.mjs && rm -rf build/test && npm prune --omit=dev

FROM node:24-trixie-slim
# pg_dump copies a database before it is brought up to date; it must be as new as the server.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-17 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# What runs, and nothing that builds or tests it.
COPY --from=build --chown=node:node /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/build ./build
COPY --from=build --chown=node:node /app/api/cli/*.mjs ./api/cli/
RUN mkdir -p /data/backups && chown -R node:node /data
USER node
ENV COVERLINE_DATA=/data HOST=0.0.0.0 PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/livez').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "api/cli/start.mjs"]
