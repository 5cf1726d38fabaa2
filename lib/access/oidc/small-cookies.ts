import { z } from 'zod'
import { cookieName } from '../session/cookie.ts'
import { createSeals } from '../session/seals.ts'
import type { Secrets, Seals } from '../session/seals.ts'

const PATH = '/api/session'
const FLOW_SECONDS = 600
const NOTICE_SECONDS = 120

const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  returnTo: z.string(),
})
const noticeSchema = z.object({ notice: z.string() })

/** Values that live for minutes: of a sign-in under way, and of why the last one failed. */
export interface SmallCookies {
  /** A Set-Cookie header; the browser shows it when the provider sends it back to us. */
  keepFlow(host: string | null, flow: z.infer<typeof flowSchema>): Promise<string>
  /** The sign-in under way that has this state; null when this browser began none, or too long ago. */
  flowOf(headers: Headers, state: string): Promise<z.infer<typeof flowSchema> | null>
  dropFlow(host: string | null, state: string): string
  keepNotice(host: string | null, notice: string): Promise<string>
  /** '' when there is none. */
  noticeOf(headers: Headers): Promise<string>
}

/** Short, and different for sign-ins in several tabs. */
const tagOf = (state: string) => state.replaceAll(/\W/g, '').slice(0, 10)

function valueIn(header: string | null, name: string): string {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

/** `__Host-` is for cookies of the whole site, and these are for our own routes alone. */
export function createSmallCookies(secrets: Secrets, publicOrigins: readonly string[]): SmallCookies {
  const flows = createSeals(secrets, flowSchema)
  const notices = createSeals(secrets, noticeSchema)
  const named = (host: string | null, what: string) => {
    const own = cookieName(host, publicOrigins)
    const secure = own?.secure ?? false
    return { name: `${secure ? '__Secure-cocoon' : (own?.name ?? 'cocoon')}-${what}`, secure }
  }
  const line = (host: string | null, what: string, value: string, seconds: number) => {
    const { name, secure } = named(host, what)
    // Lax, because the browser comes back from another site.
    return `${name}=${value}; Path=${PATH}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}; Max-Age=${seconds}`
  }
  const read = <Content extends object>(headers: Headers, what: string, seals: Seals<Content>) =>
    seals.open(valueIn(headers.get('cookie'), named(headers.get('host'), what).name))
  return {
    keepFlow: async (host, flow) =>
      line(host, `flow-${tagOf(flow.state)}`, await flows.seal(flow, FLOW_SECONDS), FLOW_SECONDS),
    async flowOf(headers, state) {
      const flow = await read(headers, `flow-${tagOf(state)}`, flows)
      return flow?.state === state ? flow : null
    },
    dropFlow: (host, state) => line(host, `flow-${tagOf(state)}`, '', 0),
    keepNotice: async (host, notice) =>
      line(host, 'notice', await notices.seal({ notice }, NOTICE_SECONDS), NOTICE_SECONDS),
    noticeOf: async (headers) => (await read(headers, 'notice', notices))?.notice ?? '',
  }
}
