import type { AgentOptions } from 'node:https'
import { request as httpsRequest } from 'node:https'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Cluster } from './cluster.ts'
import type { KubeJson } from './json.ts'
import { numberAt, textAt, valueAt } from './json.ts'

/** Where an APIService's server listens, and how to recognise it. */
export interface Target {
  host: string
  port: number
  tls: Pick<AgentOptions, 'ca' | 'servername' | 'rejectUnauthorized'>
}

const HTTPS_PORT = 443

/** The address behind an APIService's service; a text when it has none. */
export function targetOf(cluster: Cluster, service: KubeJson): Target | string {
  const reference = valueAt(service, 'spec', 'service')
  const namespace = textAt(reference, 'namespace')
  const name = textAt(reference, 'name')
  const services = cluster.registry.find('', 'v1', 'services')
  const found = services && cluster.store.get(services, namespace, name)?.object
  if (!found) return `service "${name}" not found`
  const type = textAt(found, 'spec', 'type')
  const host =
    type === 'ExternalName' ? textAt(found, 'spec', 'externalName') : textAt(found, 'spec', 'clusterIP')
  if (!host || host === 'None') return `unsupported service type "${type}"`
  const bundle = textAt(service, 'spec', 'caBundle')
  return {
    host,
    port: numberAt(reference, 'port') || HTTPS_PORT,
    tls: {
      servername: `${name}.${namespace}.svc`,
      rejectUnauthorized: valueAt(service, 'spec', 'insecureSkipTLSVerify') !== true,
      ...(bundle && { ca: Buffer.from(bundle, 'base64').toString() }),
    },
  }
}

export interface Outgoing {
  method: string
  path: string
  headers: Record<string, string | string[]>
}

/** Opens a request to another API server, as the front proxy that it trusts. */
export function ask(
  cluster: Cluster,
  { host, port, tls }: Target,
  outgoing: Outgoing,
  answered: (response: IncomingMessage) => void,
): ClientRequest {
  const { key, cert } = cluster.frontProxy.certificate
  const { agent } = cluster.frontProxy
  return httpsRequest({ host, port, ...tls, key, cert, agent, ...outgoing }, answered)
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connect: connection refused',
  ECONNRESET: 'read: connection reset by peer',
  EHOSTUNREACH: 'connect: no route to host',
  ETIMEDOUT: 'i/o timeout',
}

/** A failed connection in the words of the original's network library. */
export function dialError(error: unknown, { host, port }: Target): string {
  const code = textAt(error, 'code')
  const found = Array.isArray(valueAt(error, 'errors')) ? valueAt(error, 'errors', 0) : error
  const address = textAt(found, 'address') || host
  const at = `${address.includes(':') ? `[${address}]` : address}:${port}`
  const words = WORDS[code]
  if (words) return `dial tcp ${at}: ${words}`
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${host}: no such host`
  return error instanceof Error ? error.message : String(error)
}
