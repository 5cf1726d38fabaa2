import { createServer } from 'node:http'
import type { Server } from 'node:http'
import next from 'next'
import { admits, admitsUpgrade } from './lib/access/front.ts'
import type { FrontOptions } from './lib/access/front.ts'
import { openAccess, warningsOf } from './lib/access/open-access.ts'
import { installSignIn } from './lib/access/sign-in.ts'
import type { DemoSignIn } from './lib/access/sign-in.ts'
import { addressRates, HTTP_LIMITS, MOST_IDLE, USERS_PER_ADDRESS, userRates } from './lib/access/limits.ts'
import { createSights } from './lib/access/sight/sights.ts'
import { inNetworks } from './lib/access/proxy/identity-headers.ts'
import { createConsoles } from './lib/console/consoles.ts'
import { enterConsole } from './lib/console/door.ts'
import { installConsoles } from './lib/console/process-consoles.ts'
import { consoleSettings } from './lib/console/settings.ts'
import { chooseCluster } from './lib/kube/choose-cluster.ts'
import { loadClusterConfig } from './lib/kube/cluster-config.ts'
import type { ClusterConfig } from './lib/kube/cluster-config.ts'
import { callerStreams } from './lib/kube/caller-streams.ts'
import { createFleetService } from './lib/kube/fleet-service.ts'
import { createOpenStreams } from './lib/kube/open-streams.ts'
import { createMetrics } from './lib/metrics/metrics.ts'
import { serveMetrics } from './lib/metrics/serve-metrics.ts'
import { installFleetService } from './lib/kube/process-service.ts'
import { serveStream, STREAM_PATH } from './lib/kube/serve-stream.ts'
import { createTransport } from './lib/kube/transport.ts'
import type { ClusterIdentity } from './lib/fleet/wire.ts'
import type { Allowance } from './lib/console/target/target-policy.ts'
import { MOST_HEADERS } from './lib/process/front-door.ts'
import { boundIdleConnections } from './lib/process/idle-connections.ts'
import { readEnvironment } from './lib/process/environment.ts'
import type { Environment } from './lib/process/environment.ts'
import { createLogger } from './lib/process/logger.ts'
import { endOnSignals } from './lib/process/shutdown.ts'

interface Cluster {
  config: ClusterConfig
  identity: ClusterIdentity
  /** What consoles may dial of a cluster that is not a real one; null for one that is. */
  desktops: Allowance | null
  /** Whom visitors can be; nobody on a real one. */
  users: readonly DemoSignIn[]
  close(): Promise<void>
}

const say = (line: string) => process.stdout.write(`${line}\n`)

async function openCluster(env: Environment): Promise<Cluster> {
  const choice = chooseCluster(env)
  if (choice.kind === 'kube') {
    const { config } = choice
    say(`Cluster: ${config.describe}`)
    const identity = { kind: 'kube', name: config.name } as const
    return { config, identity, desktops: null, users: [], close: async () => {} }
  }
  // The one door to the embedded cluster: the dashboard then talks to it over HTTP, as to any other.
  const { startDemoCluster } = await import('./demo/start.ts')
  const demo = await startDemoCluster({
    port: 0,
    sets: env.DEMO_SETS,
    vms: env.DEMO_VMS,
    nodes: env.DEMO_NODES,
    seed: env.DEMO_SEED,
    speed: env.DEMO_SPEED,
    weather: env.DEMO_WEATHER,
  })
  say(`Cluster: the embedded demo cluster at ${demo.server} (${choice.because})`)
  say('         It is simulated. Set KUBECONFIG to see a real one.')
  const config = loadClusterConfig({ kind: 'text', text: demo.kubeconfig })
  const desktops = { networks: [demo.desktops.cidr], ports: [demo.desktops.ports] }
  const identity = { kind: 'demo', name: config.name } as const
  return { config, identity, desktops, users: demo.users, close: demo.close }
}

function listen(server: Server, env: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      const advice = taken ? `port ${env.PORT} is taken; set PORT to another one` : error.message
      reject(new Error(`The dashboard cannot listen on ${env.HOST}:${env.PORT}: ${advice}.`))
    })
    server.listen(env.PORT, env.HOST, resolve)
  })
}

function address(server: Server, host: string): string {
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : ''
  return `http://${host === '127.0.0.1' || host === '::1' ? 'localhost' : host}:${port}`
}

async function main(): Promise<void> {
  const env = readEnvironment(process.env)
  const dev = process.argv.includes('--dev')
  const logger = createLogger(env.LOG_LEVEL)
  const cluster = await openCluster(env)
  const transport = createTransport(cluster.config)
  const sights = createSights({ namespaces: (resource) => service.namespaces(resource) })
  const signIn = openAccess({
    env,
    cluster: cluster.identity,
    config: cluster.config,
    transport,
    demoUsers: cluster.users,
    sightOf: sights.of,
  })
  installSignIn(signIn)
  const { access } = signIn
  const service = createFleetService({
    transport,
    cluster: cluster.identity,
    logger,
    access,
    rates: userRates(env),
  })
  installFleetService(service)
  const consoles = createConsoles({ service, logger, settings: consoleSettings(env, cluster.desktops) })
  installConsoles(consoles)

  const streams = createOpenStreams(env.STREAMS_PER_USER)
  const source = callerStreams(service, { usersPerAddress: USERS_PER_ADDRESS })
  const metrics = env.METRICS_PORT === undefined ? null : createMetrics({ service, consoles, streams })
  const metricsAt = { host: env.METRICS_HOST, port: env.METRICS_PORT ?? 0 }
  const metricsServer = metrics && (await serveMetrics(metrics, metricsAt))

  const server = createServer(HTTP_LIMITS)
  server.maxHeadersCount = MOST_HEADERS + 1
  boundIdleConnections(server, MOST_IDLE)
  const front: FrontOptions = {
    dev,
    publicOrigins: env.PUBLIC_ORIGIN ?? [],
    rates: addressRates(env),
    isTrustedProxy: inNetworks(env.TRUSTED_PROXIES ?? []),
    ...(signIn.noteSender && { noteSender: signIn.noteSender }),
    ...(metrics && { answered: metrics.answered }),
  }
  // Next attaches its own upgrade listener to the server it is given: this one never listens.
  const nextUpgrades = createServer()
  const app = next({ dev, hostname: env.HOST, port: env.PORT, httpServer: nextUpgrades })
  await app.prepare()
  const handle = app.getRequestHandler()
  server.on('request', (request, response) => {
    if (!admits(request, response, front)) return
    const isStream = request.url?.split('?')[0] === STREAM_PATH
    const answered = isStream
      ? serveStream(source, request, response, { sent: metrics?.sent, streams })
      : signIn.sessions
          .keep(request, response, signIn.oidc?.fresh.renewed)
          .then(() => handle(request, response))
    answered.catch((error: unknown) => {
      logger.error({ error, url: request.url }, 'a request failed')
      response.destroy()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    if (dev && request.url?.startsWith('/_next/') && nextUpgrades.listenerCount('upgrade') > 0) {
      nextUpgrades.emit('upgrade', request, socket, head)
      return
    }
    if (!admitsUpgrade(request, socket, front)) return
    enterConsole(consoles, request, socket, head).catch((error: unknown) => {
      logger.error({ error, url: request.url }, 'a WebSocket failed')
      socket.destroy()
    })
  })
  await listen(server, env)
  // Before it is announced: whoever starts it may stop it at once.
  endOnSignals({
    logger,
    server,
    steps: [
      async () => metricsServer?.close(),
      () => consoles.close(),
      () => service.close(),
      async () => signIn.close(),
      () => app.close(),
      () => cluster.close(),
      async () => transport.close(),
    ],
  })
  if (metricsServer !== null) say(`Metrics: ${metricsServer.url}`)
  say(`Dashboard: ${address(server, env.HOST)}`)
  for (const warning of warningsOf(env)) say(`Warning: ${warning}`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
