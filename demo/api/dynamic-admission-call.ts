import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { scanJson } from './body-json-scan.ts'
import type { Webhook } from './dynamic-admission-config.ts'
import { dialFailure } from './dynamic-admission-failure.ts'
import type { JsonRecord } from './json.ts'
import { textAt, valueAt } from './json.ts'

/** Where a webhook is found. */
export interface Destination {
  url: URL
  /** PEM of the authorities to trust; the system's when it is undefined. */
  trusted: string | undefined
  /** What to connect to instead of the URL's host, whose certificate it must show all the same. */
  host?: string
}

/** Posts reviews to webhooks over connections that are kept. */
export interface WebhookCaller {
  /** Answers the parsed body. Rejects with an Error in the words of the original's client. */
  post(destination: Destination, review: JsonRecord, timeoutSeconds: number): Promise<unknown>
  close(): void
}

/** Throws an Error for a bundle without a certificate. */
export function trustedAuthorities(client: JsonRecord): string | undefined {
  const bundle = textAt(client, 'caBundle')
  if (bundle === '') return undefined
  const pem = Buffer.from(bundle, 'base64').toString('utf8')
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem
  throw new Error(
    'could not get REST client: unable to load root certificates: unable to parse bytes as PEM block',
  )
}

/** A URL of the configuration, or of its service as the cluster's DNS would name it. */
export function destinationOf({ client }: Webhook): Destination {
  const trusted = trustedAuthorities(client)
  const service = valueAt(client, 'service')
  if (!service) return { url: new URL(textAt(client, 'url')), trusted }
  const port = valueAt(service, 'port')
  const host = `${textAt(service, 'name')}.${textAt(service, 'namespace')}.svc`
  const url = new URL(`https://${host}:${typeof port === 'number' ? port : 443}`)
  url.pathname = textAt(service, 'path')
  return { url, trusted }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString('utf8')
}

/** The error that Kubernetes' client makes of an answer that is no success. */
function refusal(code: number, body: string): string {
  if (code === 404) return 'the server could not find the requested resource'
  if (code === 400) return 'the server rejected our request for an unknown reason'
  if (code === 401) return 'the server has asked for the client to provide credentials'
  if (code === 403) return body.trim() || 'unknown'
  if (code === 503) return 'the server is currently unable to handle the request'
  if (code >= 500)
    return `an error on the server (${JSON.stringify(body.trim() || 'unknown')}) has prevented the request from succeeding`
  return `the server responded with the status code ${code} but did not return more information`
}

function parsed(code: number, type: string, body: string): unknown {
  if (code < 200 || code > 299) throw new Error(refusal(code, body))
  if (body === '') throw new Error(`0-length response with status code: ${code} and content type: ${type}`)
  const { error } = scanJson(body)
  if (error) throw new Error(`couldn't get version/kind; json parse error: ${error}`)
  const value: unknown = JSON.parse(body)
  return value
}

/** A caller with its own pool of connections. */
export function webhookCaller(): WebhookCaller {
  const agents = new Map<string, Agent>()
  const agentOf = (trusted: string | undefined) => {
    const known = agents.get(trusted ?? '')
    if (known) return known
    const agent = new Agent({ keepAlive: true, maxSockets: 32, ...(trusted && { ca: trusted }) })
    agents.set(trusted ?? '', agent)
    return agent
  }
  return {
    async post({ url, trusted, host }, review, timeoutSeconds) {
      const target = new URL(url)
      target.searchParams.set('timeout', `${timeoutSeconds}s`)
      const payload = JSON.stringify(review)
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json, */*',
        'user-agent': 'kube-apiserver-admission',
        'content-length': Buffer.byteLength(payload),
      }
      const signal = AbortSignal.timeout(timeoutSeconds * 1000)
      try {
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          const elsewhere = host ? { host, servername: url.hostname, setHost: true } : {}
          const options = { method: 'POST', headers, agent: agentOf(trusted), signal, ...elsewhere }
          request(target, options, resolve).on('error', reject).end(payload)
        })
        const body = await textOf(response)
        return parsed(response.statusCode ?? 500, response.headers['content-type'] ?? '', body)
      } catch (error) {
        throw dialFailure(error, target, signal.aborted)
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}
