# syntax=docker/dockerfile:1
# The dashboard as one process that serves pages and API, and watches one cluster. No credential is built in: in a
# cluster it uses its service account, elsewhere mount a kubeconfig and set KUBECONFIG. With neither it shows the
# embedded demo cluster.

FROM node:24-slim AS base
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1

FROM base AS build
# Dependencies first: this layer is made again only when the lockfile changes.
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
COPY . .
# The build's caches, its compiler and the tools that only it needs (the npm package `node` too) stay behind.
RUN mkdir -p public \
    && node scripts/build.ts --force \
    && rm -rf .next/cache \
    && npm prune --omit=dev --no-audit --no-fund \
    && rm -rf node_modules/@next/swc-*

FROM base AS run
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=build /app/package.json /app/next.config.mjs /app/server.ts ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/.next ./.next
COPY --from=build /app/public ./public
COPY --from=build /app/lib ./lib
COPY --from=build /app/demo ./demo
# A number, so that `runAsNonRoot` can tell that it is not root. Nothing in the image is writable for it.
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server.ts"]
