import { PAGE_MARK } from '../../../lib/fleet/page-mark.ts'

interface Cookie {
  name: string
  value: string
  host: string
  path: string
  strict: boolean
  httpOnly: boolean
  secure: boolean
}

export interface Page {
  url: URL
  status: number
  headers: Headers
  text: string
  /** Every address on the way, the last one included. */
  way: string[]
}

/** A browser without a screen: keeps cookies, follows redirects, and withholds SameSite=Strict ones as browsers do. */
export interface Visitor {
  /** Opens an address. `from` is the page whose link it is; typed in when there is none. */
  open(url: string | URL, from?: Page): Promise<Page>
  /** Sends the one form of a page, with what is typed into it. */
  submit(page: Page, typed: Record<string, string>): Promise<Page>
  /** Fetches as a script of our own page does. */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
  cookies(): readonly Cookie[]
  /** The address that was asked for last, whether or not anybody answered there. */
  last(): URL
}

const MOST_REDIRECTS = 12

function parsed(line: string, url: URL): Cookie & { gone: boolean } {
  const [pair = '', ...attributes] = line.split(/;\s*/)
  const at = pair.indexOf('=')
  const words = new Map(
    attributes.map((one) => {
      const [key = '', value = ''] = one.split('=')
      return [key.toLowerCase(), value]
    }),
  )
  const expires = words.get('expires')
  const gone = words.get('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now())
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    host: url.hostname,
    path: words.get('path') ?? '/',
    strict: words.get('samesite')?.toLowerCase() === 'strict',
    httpOnly: words.has('httponly'),
    secure: words.has('secure'),
    gone,
  }
}

const isUnder = (path: string, scope: string) =>
  path === scope || path.startsWith(scope.endsWith('/') ? scope : `${scope}/`)

export function newVisitor(): Visitor {
  let jar: Cookie[] = []
  let last = new URL('about:blank')
  const keep = (response: Response, url: URL) => {
    for (const line of response.headers.getSetCookie()) {
      const { gone, ...cookie } = parsed(line, url)
      const same = (one: Cookie) =>
        one.name === cookie.name && one.host === cookie.host && one.path === cookie.path
      jar = jar.filter((one) => !same(one))
      if (!gone) jar.push(cookie)
    }
  }
  const header = (url: URL, crossSite: boolean) =>
    jar
      .filter(
        ({ host, path, strict }) =>
          host === url.hostname && isUnder(url.pathname, path) && !(strict && crossSite),
      )
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  const send = async (url: URL, init: RequestInit, crossSite: boolean) => {
    const headers = new Headers(init.headers)
    const cookie = header(url, crossSite)
    last = url
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    keep(response, url)
    return response
  }
  const follow = async (first: URL, init: RequestInit, from: URL | null): Promise<Page> => {
    let url = first
    let request = init
    const way = [url.href]
    // Once a chain of redirects has led through another site, it stays cross-site to its end.
    let crossSite = from !== null && from.hostname !== url.hostname
    for (let turn = 0; turn < MOST_REDIRECTS; turn++) {
      const response = await send(url, request, crossSite)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null) {
        return { url, status: response.status, headers: response.headers, text: await response.text(), way }
      }
      await response.arrayBuffer()
      const next = new URL(location, url)
      crossSite ||= next.hostname !== (from ?? first).hostname
      url = next
      request = {}
      way.push(url.href)
    }
    throw new Error(`too many redirects: ${way.join(' ')}`)
  }
  return {
    open: (url, from) => follow(new URL(url), {}, from?.url ?? null),
    submit(page, typed) {
      const [, action = ''] = /<form[^>]*\baction="([^"]*)"/.exec(page.text) ?? []
      const hidden = [
        ...page.text.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]*)"[^>]*value="([^"]*)"/g),
      ]
      const fields = {
        ...Object.fromEntries(hidden.map(([, name, value]) => [name ?? '', value ?? ''])),
        ...typed,
      }
      const body = new URLSearchParams(fields)
      return follow(new URL(action.replaceAll('&amp;', '&'), page.url), { method: 'POST', body }, page.url)
    },
    fetch(url, init = {}) {
      const headers = new Headers(init.headers)
      headers.set(PAGE_MARK.name, PAGE_MARK.value)
      return send(new URL(url), { ...init, headers }, false)
    },
    cookies: () => jar,
    last: () => last,
  }
}

/** Signs somebody in at the provider, from its login page to where it sends the browser back. */
export async function signInAtProvider(visitor: Visitor, page: Page, login: string): Promise<Page> {
  const consent = await visitor.submit(page, { login, password: 'any' })
  return consent.text.includes('value="consent"') ? visitor.submit(consent, {}) : consent
}
