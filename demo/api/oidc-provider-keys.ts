import { request, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { JsonRecord } from './json.ts'
import { isRecord, listAt, textAt } from './json.ts'

const PATIENCE_MS = 30_000
/** How long the original waits before it asks an issuer again that did not answer its first question. */
const RETRY_MS = 10_000
const LARGEST = 1_000_000

async function fetchJson(url: string, ca: string | undefined): Promise<unknown> {
  const send = url.startsWith('https:') ? secureRequest : request
  const chunks: Buffer[] = []
  let size = 0
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { ...(ca === undefined ? {} : { ca }), timeout: PATIENCE_MS, agent: false as const }
    const outgoing = send(url, options, resolve)
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)))
    outgoing.on('error', reject)
    outgoing.end()
  })
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length
    if (size > LARGEST) throw new Error(`${url} answered more than ${LARGEST} bytes`)
    chunks.push(chunk as Buffer)
  }
  const text = Buffer.concat(chunks).toString()
  if (incoming.statusCode !== 200) throw new Error(`${url}: ${incoming.statusCode}`)
  return JSON.parse(text)
}

/** The keys of an issuer of ID tokens, by discovery. */
export interface ProviderKeys {
  /** False until the issuer has answered discovery once: before that the original knows nobody of it. */
  initialised(): boolean
  /** Those that were fetched last and may have made a token; an empty `kid` means any. */
  matching(kid: string): JsonRecord[]
  /** Why the keys could not be fetched the last time; '' when they were. */
  failure(): string
  /** Looks for the issuer unless it was found, and fetches its keys. At most one of each is under way. */
  fetch(): Promise<void>
}

export function providerKeys(issuer: string, certificateAuthority?: string): ProviderKeys {
  let source = ''
  let keys: JsonRecord[] = []
  let failure = ''
  let triedAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | undefined

  const discover = async () => {
    if (performance.now() - triedAt < RETRY_MS) return
    triedAt = performance.now()
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const found = await fetchJson(url, certificateAuthority)
    if (textAt(found, 'issuer') === issuer) source = textAt(found, 'jwks_uri')
  }
  const work = async () => {
    try {
      if (source === '') await discover()
      if (source === '') return
      keys = listAt(await fetchJson(source, certificateAuthority), 'keys').filter(isRecord)
      failure = ''
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error)
    }
  }
  return {
    initialised: () => source !== '',
    matching: (kid) => keys.filter((key) => kid === '' || textAt(key, 'kid') === kid),
    failure: () => failure,
    fetch() {
      running ??= work().finally(() => (running = undefined))
      return running
    },
  }
}
