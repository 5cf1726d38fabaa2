import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { failureWords } from './failure-words.ts'
import { readKubeConfig, type ConfigSource } from './kubeconfig-source.ts'

export type { ConfigSource } from './kubeconfig-source.ts'

/** What one request needs to be accepted: headers, and TLS material for the connection. */
export type Credentials = Pick<
  RequestOptions,
  'ca' | 'cert' | 'key' | 'pfx' | 'passphrase' | 'rejectUnauthorized' | 'servername' | 'agent' | 'auth'
> & { headers: Record<string, string | readonly string[]> }

export interface ClusterConfig {
  /** The context's name, or `in-cluster`. */
  name: string
  /** Base address of the API server, without credentials and without a trailing slash. */
  server: string
  /** Where the configuration comes from, for a log line. */
  describe: string
  /** Fresh credentials: token files are read again and exec plugins asked when theirs have expired. */
  credentials(): Promise<Credentials>
  /** The API server refused the credentials: read the configuration again before the next request. */
  renew(): void
}

/**
 * Loads which cluster to talk to, and as whom.
 * @throws an Error of one sentence that names the file and what is wrong with it.
 */
export function loadClusterConfig(source: ConfigSource): ClusterConfig {
  const first = read(source)
  let current = first.config
  let expired = false
  const credentials = async (): Promise<Credentials> => {
    if (expired) {
      current = reread(source, first) ?? current
      expired = false
    }
    const options: RequestOptions = { headers: {} }
    await current.applyToHTTPSOptions(options)
    const { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername, auth } = options
    const proxied = current.getCurrentCluster()?.proxyUrl ? { agent: options.agent } : {}
    const headers = plainHeaders(options.headers)
    return { ca, cert, key, pfx, passphrase, rejectUnauthorized, servername, auth, headers, ...proxied }
  }
  return {
    name: first.name,
    server: first.server,
    describe: `${first.name} of ${first.origin} at ${first.server}`,
    async credentials() {
      // A plugin's own words may hold what must not be logged, so the original error is not carried along.
      const found = await credentials().catch((error: unknown) => failureWords(error))
      if (typeof found !== 'string') return found
      throw new Error(`${first.origin}: the credentials of context "${first.name}" cannot be read: ${found}`)
    },
    renew() {
      expired = true
    },
  }
}

interface Loaded {
  config: KubeConfig
  name: string
  server: string
  origin: string
}

function read(source: ConfigSource): Loaded {
  const { config, origin } = readKubeConfig(source)
  const fail = (problem: string): never => {
    throw new Error(`${origin}: ${problem}`)
  }
  const name =
    config.getCurrentContext() ||
    fail('no current context is set; choose one with kubectl config use-context')
  const context = config.getContextObject(name) ?? fail(`the current context "${name}" is not defined`)
  const cluster =
    config.getCluster(context.cluster) ??
    fail(`context "${name}" names the cluster "${context.cluster}", which is not defined`)
  if (context.user && !config.getUser(context.user)) {
    fail(`context "${name}" names the user "${context.user}", which is not defined`)
  }
  const address =
    URL.parse(cluster.server) ?? fail(`the server of cluster "${cluster.name}" is not an address`)
  if (!/^https?:$/.test(address.protocol)) {
    fail(`the server of cluster "${cluster.name}" is not http or https`)
  }
  if (address.username || address.password) {
    fail(`the server of cluster "${cluster.name}" contains credentials; put them in a user`)
  }
  // The library refuses plain HTTP unless told that nothing is verified, which without TLS is simply so.
  if (address.protocol === 'http:') Object.assign(cluster, { skipTLSVerify: true })
  return { config, name: displayName(source, name), server: address.href.replace(/\/+$/, ''), origin }
}

const displayName = (source: ConfigSource, context: string) =>
  source.kind === 'in-cluster' ? 'in-cluster' : context

/** A changed file is followed only while it still means the same cluster. */
function reread(source: ConfigSource, before: Loaded): KubeConfig | undefined {
  try {
    const again = read(source)
    return again.name === before.name && again.server === before.server ? again.config : undefined
  } catch {
    // The file is being rewritten, or is broken now: what was loaded before still stands, and the API
    // server's refusal is what the reader gets to see.
    return undefined
  }
}

function plainHeaders(headers: RequestOptions['headers']): Record<string, string> {
  if (headers === undefined || Array.isArray(headers)) return {}
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value).trim()]],
    ),
  )
}
