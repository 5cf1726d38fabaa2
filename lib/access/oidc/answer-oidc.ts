import { ORIGIN_UNKNOWN, ownOrigins } from '../../kube/api/own-origin.ts'
import { problemsAnswered } from '../../kube/api/answer-action.ts'
import { Refused } from '../../kube/problem.ts'
import type { Trail } from '../../kube/trail/trail.ts'
import { returnPath, signInHref } from '../../fleet/return-path.ts'
import { newSession, sessionHeaders } from '../session/answer-session.ts'
import { noteSession } from '../session/note-sign-in.ts'
import type { SignIn } from '../sign-in.ts'
import { noticeOf, whoIs } from './oidc-sign-in.ts'
import type { OidcSignIn } from './oidc-sign-in.ts'
import { ProviderError } from './provider.ts'

const CALLBACK = '/api/session/oidc/callback'

const TEXT: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => TEXT[sign] ?? '')

/**
 * A page that goes on by itself, to a page of our own. A redirect would not do: it would belong to the visit to the
 * provider, from another site, and the browser would not show us the session's cookie (SameSite=Strict).
 */
function goOn(path: string, headers: Headers): Response {
  const to = escaped(path)
  const page =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Signing in…</title>' +
    `<link rel="icon" href="/icon.svg"><meta http-equiv="refresh" content="0;url=${to}"></head>` +
    `<body><p>Signing in… <a href="${to}">Continue</a></p></body></html>`
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('cache-control', 'no-store')
  headers.set('referrer-policy', 'no-referrer')
  return new Response(page, { headers })
}

function oidcOf({ oidc, mode }: SignIn): OidcSignIn {
  if (oidc !== undefined) return oidc
  const detail = `This dashboard has AUTH_MODE=${mode}: nobody signs in at a provider here.`
  throw new Refused({ status: 404, code: 'not-found', title: 'There is nothing here', detail })
}

/** Where the provider sends people back to, which must be registered there. */
function callbackOf({ publicOrigins }: SignIn, host: string | null): string {
  const own = ownOrigins(host, publicOrigins)
  const origin = own.find((one) => new URL(one).host === host?.toLowerCase()) ?? own[0]
  if (origin !== undefined) return `${origin}${CALLBACK}`
  const detail = `You cannot sign in by this name: ${ORIGIN_UNKNOWN}.`
  throw new Refused({ status: 403, code: 'cross-site', title: 'You are not signed in', detail })
}

/** Back to where people sign in, which says why, and still knows where to go on. */
async function failed(
  signIn: SignIn,
  trail: Trail,
  request: Request,
  error: unknown,
  path: string,
): Promise<Response> {
  const told = error instanceof Refused ? error : new Error(noticeOf(error))
  noteSession(trail, request, 'sign-in', null, told)
  const headers = new Headers()
  const host = request.headers.get('host')
  headers.append('set-cookie', await oidcOf(signIn).cookies.keepNotice(host, noticeOf(error)))
  const { pathname, search } = new URL(path, 'http://dashboard')
  return goOn(signInHref({ pathname, search }), headers)
}

/** `GET /api/session/oidc?to=`: begins to sign in at the provider, and remembers where to go on. */
export function answerOidcStart(signIn: SignIn, trail: Trail, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const oidc = oidcOf(signIn)
    const host = request.headers.get('host')
    const path = returnPath(new URL(request.url).searchParams.get('to'))
    const callback = callbackOf(signIn, host)
    try {
      const { url, flow } = await oidc.provider.begin(callback, path)
      const headers = new Headers({ location: url.href, 'cache-control': 'no-store' })
      headers.append('set-cookie', await oidc.cookies.keepFlow(host, flow))
      return new Response(null, { status: 302, headers })
    } catch (error) {
      return failed(signIn, trail, request, error, path)
    }
  })
}

/** `GET /api/session/oidc/callback`: the provider has sent somebody back. */
export function answerOidcCallback(signIn: SignIn, trail: Trail, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const oidc = oidcOf(signIn)
    const answer = new URL(request.url)
    const state = answer.searchParams.get('state') ?? ''
    const flow = await oidc.cookies.flowOf(request.headers, state)
    const late = new ProviderError('ended', 'no sign-in with this state was begun in this browser')
    if (flow === null) return failed(signIn, trail, request, late, '/')
    try {
      const who = await whoIs(await oidc.provider.finish(answer, flow), oidc, signIn.users)
      const session = newSession(who)
      const headers = await sessionHeaders(signIn, request, session)
      headers.append('set-cookie', oidc.cookies.dropFlow(request.headers.get('host'), state))
      noteSession(trail, request, 'sign-in', session)
      return goOn(returnPath(flow.returnTo), headers)
    } catch (error) {
      return failed(signIn, trail, request, error, returnPath(flow.returnTo))
    }
  })
}
