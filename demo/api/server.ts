import type { IncomingMessage, ServerResponse } from 'node:http'
import type { KubeObject } from '../../lib/cocoon/kube-json.ts'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { Admission } from './admission.ts'
import { admissionChain } from './admission.ts'
import { frontProxy } from './aggregation-front-proxy.ts'
import type { TokenTable } from './authentication.ts'
import type { Authorizer } from './authorization.ts'
import { certificateAuthority, selfSigned, type Certificate } from './certificate.ts'
import type { Cluster } from './cluster.ts'
import { keepCluster } from './cluster-upkeep.ts'
import { followCrds } from './crd-lifecycle.ts'
import type { WebhookCaller } from './dynamic-admission-call.ts'
import { webhookCaller } from './dynamic-admission-call.ts'
import { storedWebhookAdmission } from './dynamic-admission-cluster.ts'
import { collectGarbage } from './garbage.ts'
import { handleRequest } from './handle-request.ts'
import { restoreObjects } from './initial-objects.ts'
import { listen } from './listener.ts'
import { finishNamespaces } from './namespace-lifecycle.ts'
import { oidcTokens, type OidcIssuer } from './oidc-tokens.ts'
import { podAdmission } from './pod-admission.ts'
import { rbacAuthorizer } from './rbac-authorizer.ts'
import { rbacEscalation } from './rbac-escalation.ts'
import { createRegistry } from './registry.ts'
import { errorAnswer, respond } from './respond.ts'
import { tokenSigner } from './service-account-tokens.ts'
import { accountTokens } from './service-account-users.ts'
import { createStore } from './store.ts'
import { upgradeResponse, type UpgradeResponse } from './upgrade-response.ts'
import { createWatchHub } from './watch-hub.ts'

export interface ApiServerOptions {
  /** Defaults to loopback. */
  host?: string
  /** 0 picks a free one. */
  port: number
  clock: Clock
  random: Random
  /** How many writes watchers can look back; 10,000 unless told. */
  historyLimit?: number
  tokens: TokenTable
  /** Accepts ID tokens of this issuer besides. */
  oidc?: OidcIssuer | undefined
  /** Restored as they are, in this order: CRDs before their objects. Cocoon's own CRDs are always there. */
  objects?: readonly KubeObject[]
  /** Asked before the webhooks whose configurations are stored. */
  admission?: Admission
  /** The roles and bindings that are stored, unless told. */
  authorizer?: Authorizer
}

export interface ApiServer {
  /** Plain HTTP, for clients that send their token over it. */
  url: string
  /** The same port by TLS, which `kubectl` needs before it sends a token. */
  secureUrl: string
  /** PEM of the certificate that the TLS side shows. */
  certificate: string
  /** PEM of the authority that signed what this server shows to kubelets. */
  kubeletClientAuthority: string
  port: number
  /** The revision of the latest write. */
  revision(): number
  /** How many watches are open. */
  watches(): number
  /** Ends watches and connections, and resolves when the port is free. */
  close(): Promise<void>
}

const HISTORY_LIMIT = 10_000
/** Revisions start where no earlier run of the cluster can have been: one per second since then. */
const EPOCH = Date.UTC(2020, 0, 1)

function createCluster(
  options: ApiServerOptions,
  caller: WebhookCaller,
  kubeletClient: Certificate,
): Cluster {
  const startRevision = Math.max(1, Math.floor((options.clock.now() - EPOCH) / 1000))
  const store = createStore({ historyLimit: options.historyLimit ?? HISTORY_LIMIT, startRevision })
  const registry = createRegistry()
  followCrds(store, registry, options.clock)
  const random = options.random.fork('api server')
  const signer = tokenSigner()
  const roles = { store, registry }
  const authorizer = options.authorizer ?? rbacAuthorizer(roles)
  const defaults = podAdmission({ registry, store, random })
  const webhooks = storedWebhookAdmission({ store, registry, random: random.fork('reviews'), caller })
  return {
    clock: options.clock,
    random,
    store,
    registry,
    tokens: {
      table: options.tokens,
      accounts: accountTokens(store, signer, options.clock),
      oidc: options.oidc && oidcTokens(options.oidc, options.clock),
    },
    signer,
    frontProxy: frontProxy(),
    remotes: new Map(),
    authorizer,
    ways: new Map(),
    admission: admissionChain(
      defaults,
      rbacEscalation({ roles, authorizer }),
      ...(options.admission ? [options.admission] : []),
      webhooks,
    ),
    watches: createWatchHub(store),
    kubeletClient,
  }
}

async function answer(
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
  upgrade?: UpgradeResponse,
): Promise<void> {
  try {
    const found = await handleRequest(cluster, request, response, upgrade)
    if (found) await respond(request, response, found)
  } catch (error) {
    if (response.headersSent || response.destroyed || !response.socket) request.socket.destroy()
    else await respond(request, response, errorAnswer(error, request.headers.accept))
  }
}

/** Starts the embedded Kubernetes API server. Rejects when the port is taken or an object cannot be restored. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const caller = webhookCaller()
  const callers = certificateAuthority('cocoon-demo-kubelet-callers', Date.now())
  const kubeletClient = callers.clientCertificate('kube-apiserver-kubelet-client', Date.now())
  const cluster = createCluster(options, caller, kubeletClient)
  const host = options.host ?? '127.0.0.1'
  const stops = [collectGarbage(cluster), finishNamespaces(cluster)]
  restoreObjects(cluster, options.objects ?? [])
  const certificate = selfSigned([...new Set(['localhost', '127.0.0.1', host])], Date.now())
  const listener = await listen(
    { host, port: options.port, certificate },
    (request, response) => {
      answer(cluster, request, response).catch(() => response.destroy())
    },
    (request, socket, head) => {
      const upgrade = upgradeResponse(request, socket, head)
      answer(cluster, request, upgrade.response, upgrade).catch(() => socket.destroy())
    },
  )
  stops.push(keepCluster(cluster, { host, port: listener.port, certificate: certificate.cert }))
  const address = `${host.includes(':') ? `[${host}]` : host}:${listener.port}`
  return {
    url: `http://${address}`,
    secureUrl: `https://${address}`,
    certificate: certificate.cert,
    kubeletClientAuthority: callers.cert,
    port: listener.port,
    revision: () => cluster.store.revision(),
    watches: () => cluster.watches.count(),
    async close() {
      for (const stop of stops) stop()
      cluster.watches.endAll()
      caller.close()
      await listener.close()
    },
  }
}
