import { COCOON_HIBERNATION_CRD, COCOON_SET_CRD } from '../lib/cocoon/custom-resource-definitions.ts'
import type { OidcIssuer } from './api/oidc-tokens.ts'
import { startApiServer } from './api/server.ts'
import { accountTokens } from './account-tokens.ts'
import { connect } from './client/connection.ts'
import { kubeClient } from './client/kube-client.ts'
import { wallClock, type Clock } from './clock.ts'
import { startEventExpiry } from './event-expiry.ts'
import { reserveDesktopNetwork, type DesktopPlace } from './desktop/network.ts'
import { demoSignIns, type DemoSignIn } from './fleet/ready-users.ts'
import { seedFleet } from './fleet/seed-fleet.ts'
import { demoFounders, isFounder, type Identity } from './identities.ts'
import { inhabit } from './inhabit.ts'
import { kubeconfigText } from './kubeconfig.ts'
import { seededRandom } from './random.ts'
import { snapshotRegistry } from './registry.ts'
import type { Weather } from './weather/weather.ts'

export interface DemoClusterOptions {
  /** Where the API server listens; loopback unless told. */
  host?: string
  /** 0 picks a free port. */
  port: number
  sets: number
  /** Every VM pod counts, sleeping and static ones too; at least one per set. */
  vms: number
  nodes: number
  seed: number
  /** How much faster than life everything that waits goes. */
  speed: number
  weather: Weather
  /** Whose ID tokens the API server accepts besides its own tokens. */
  oidc?: OidcIssuer | undefined
  /** For tests; it must not run at another speed than `speed`. */
  clock?: Clock
  /** Told what went wrong inside and will be tried again; standard error unless told. */
  log?: (text: string) => void
}

export interface DemoCluster {
  /** Base URL of the API server by plain HTTP. */
  server: string
  /** YAML text, for the same server by TLS: kubectl, client-node and the dashboard take it. */
  kubeconfig: string
  /** The administrator's bearer token. */
  token: string
  /** Whom a visitor can be: each with other rights. */
  users: readonly DemoSignIn[]
  /** Where its screens listen: the only loopback targets that it is meant to be dialled at. */
  desktops: DesktopPlace
  /** Stops everything and frees the port. */
  close(): Promise<void>
}

/**
 * Starts the embedded cluster: an API server with a seeded fleet, and operator, scheduler and node agents that use it
 * over HTTP like any other client (design 7). Throws a RangeError when the fleet cannot have the wanted size.
 */
export async function startDemoCluster(options: DemoClusterOptions): Promise<DemoCluster> {
  if (options.vms < options.sets) {
    throw new RangeError(`${options.sets} sets need at least ${options.sets} VMs, not ${options.vms}`)
  }
  const clock = options.clock ?? wallClock(options.speed)
  const random = seededRandom(options.seed)
  const registry = snapshotRegistry()
  const founders = demoFounders(random.fork('identities'))
  const log = options.log ?? ((text: string) => void process.stderr.write(`demo cluster: ${text}\n`))
  const network = await reserveDesktopNetwork(log)
  const { plan, objects } = seedFleet(options, clock.now(), random.fork('fleet'), registry, network.prefix)
  const api = await startApiServer({
    ...(options.host === undefined ? {} : { host: options.host }),
    port: options.port,
    // Hurried VMs, not hurried watches: what a client asked to live for a minute lives for a minute.
    clock: options.clock ?? wallClock(1),
    random: random.fork('api'),
    tokens: founders.table,
    oidc: options.oidc,
    objects: [COCOON_SET_CRD, COCOON_HIBERNATION_CRD, ...objects],
  })
  const connectWith = (token: string, identity: string) =>
    connect({ server: api.url, token, userAgent: `cocoon-demo/${identity}` })
  const setup = connectWith(founders.tokenOf('admin'), 'setup')
  const accounts = await accountTokens(setup)
  setup.close()
  const connectAs = (identity: Identity) =>
    connectWith(isFounder(identity) ? founders.tokenOf(identity) : accounts[identity], identity)
  const inhabitants = await inhabit({
    connectAs,
    clock,
    ...(options.clock ? { wall: options.clock } : {}),
    speed: options.speed,
    random,
    registry,
    nodes: plan.nodes,
    weather: options.weather,
    desktops: network.prefix,
    scheduler: true,
    kubeletClientAuthority: api.kubeletClientAuthority,
    log,
  })
  const expiry = connectAs('expiry')
  const stopExpiry = startEventExpiry({ client: kubeClient(expiry), clock, log })
  const token = founders.tokenOf('admin')
  return {
    server: api.url,
    token,
    users: demoSignIns(founders.tokenOfUser),
    desktops: { prefix: network.prefix, cidr: network.cidr, ports: network.ports },
    // By TLS, because kubectl sends its token over nothing else.
    kubeconfig: kubeconfigText({
      server: api.secureUrl,
      certificate: api.certificate,
      token,
      context: 'cocoon-demo',
    }),
    async close() {
      await stopExpiry()
      expiry.close()
      await inhabitants.close()
      await api.close()
      await network.close()
    },
  }
}
