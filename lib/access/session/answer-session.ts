import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { sentence } from '../../fleet/can/wording.ts'
import type { SessionDocument, SignedIn, SignedOut } from '../../fleet/session.ts'
import { problemsAnswered } from '../../kube/api/answer-action.ts'
import { ORIGIN_UNKNOWN, ownOrigins } from '../../kube/api/own-origin.ts'
import { parseInput } from '../../kube/api/parse-input.ts'
import { readJsonBody } from '../../kube/api/request-body.ts'
import { signInBody } from '../../kube/api/schemas.ts'
import { Refused } from '../../kube/problem.ts'
import type { Trail } from '../../kube/trail/trail.ts'
import type { SignIn } from '../sign-in.ts'
import { NOBODY_HEADER } from '../strangers.ts'
import { tokenEnd } from '../token/token-end.ts'
import { whoAsks } from '../token/whose-token.ts'
import { noteSession } from './note-sign-in.ts'
import type { Session } from './session.ts'

const iso = (at: number) => new Date(at).toISOString()

const fromSession = ({ sessions }: SignIn, session: Session): SignedIn => ({
  name: session.name,
  groups: session.groups,
  means: session.credential.kind,
  since: iso(session.startedAt),
  expiresAt: iso(sessions.endsAt(session)),
  demoUser: session.demoUser,
})

async function signedIn(signIn: SignIn, headers: Headers): Promise<SignedIn | null> {
  const session = await signIn.sessions.read(headers)
  if (session !== null) return fromSession(signIn, session)
  try {
    const { name, groups, means } = await signIn.access.callerOf(headers)
    return { name, groups: [...groups], means, since: null, expiresAt: null, demoUser: null }
  } catch (error) {
    if (error instanceof Refused && error.problem.code === 'not-signed-in') return null
    throw error
  }
}

function documentOf(signIn: SignIn, who: SignedIn | null, notice = ''): SessionDocument {
  const { mode, cluster, demoUsers, openToAll } = signIn
  return {
    mode,
    cluster,
    signedIn: who,
    openToAll,
    demoUsers: demoUsers.map(({ id, title, may }) => ({ id, title, may })),
    oidc: signIn.oidc ? { issuer: signIn.oidc.issuer } : null,
    notice,
  }
}

const NO_STORE = { 'cache-control': 'no-store' }

/** Why nobody is signed in, where somebody else than this page tried to. */
async function noticeFor({ mode, oidc }: SignIn, headers: Headers): Promise<string> {
  if (mode === 'proxy') return sentence(headers.get(NOBODY_HEADER) ?? 'the proxy names nobody')
  return (await oidc?.cookies.noticeOf(headers)) ?? ''
}

/** `GET /api/session`: who one is, and how to sign in. Public: it tells nothing of the cluster's objects. */
export function answerSession(signIn: SignIn, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const who = await signedIn(signIn, request.headers)
    const notice = who === null ? await noticeFor(signIn, request.headers) : ''
    return Response.json(documentOf(signIn, who, notice), { headers: NO_STORE })
  })
}

function tokenOf(
  signIn: SignIn,
  body: z.infer<typeof signInBody>,
): { token: string; demoUser: string | null } {
  if ('demoUser' in body) {
    const found = signIn.demoUsers.find(({ id }) => id === body.demoUser)
    if (found !== undefined) return { token: found.token, demoUser: found.id }
    const detail = 'There is no such user of the demo. Only the embedded cluster has ready-made users.'
    throw new Refused({
      status: 422,
      code: 'invalid',
      title: 'You are not signed in',
      detail,
      field: 'demoUser',
    })
  }
  if (signIn.mode === 'token') return { token: body.token, demoUser: null }
  const detail = `This dashboard has AUTH_MODE=${signIn.mode}: nobody signs in with a token here.`
  throw new Refused({ status: 403, code: 'forbidden', title: 'You are not signed in', detail })
}

/** A fresh session of somebody whom the API server knows. */
export const newSession = (
  who: Pick<Session, 'name' | 'groups' | 'credential'> & Partial<Session>,
  now = Date.now(),
): Session => ({
  id: randomBytes(16).toString('base64url'),
  startedAt: now,
  usedAt: now,
  credentialEndsAt: null,
  demoUser: null,
  oidc: null,
  ...who,
})

/** Headers that give somebody their session. @throws Refused where no browser would send it back */
export async function sessionHeaders(signIn: SignIn, request: Request, session: Session): Promise<Headers> {
  const headers = new Headers(NO_STORE)
  // Whoever was signed in here before is so no more, in any of their tabs.
  await signIn.sessions.end(request.headers)
  const cookies = await signIn.sessions.write(request.headers.get('host'), session)
  if (cookies === null) {
    const detail = `A session cannot be kept: ${ORIGIN_UNKNOWN}.`
    throw new Refused({ status: 403, code: 'cross-site', title: 'You are not signed in', detail })
  }
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return headers
}

async function begin(signIn: SignIn, request: Request): Promise<{ session: Session; headers: Headers }> {
  const body = parseInput(signInBody, await readJsonBody(request), 'the body')
  const { token, demoUser } = tokenOf(signIn, body)
  const who = await whoAsks(signIn.users.withToken(token))
  const credential = { kind: 'token' as const, token }
  const session = newSession({ ...who, credential, credentialEndsAt: tokenEnd(token), demoUser })
  const headers = await sessionHeaders(signIn, request, session)
  return { session, headers }
}

/** `POST /api/session`: signs in with a bearer token of the cluster, or as one of the demo's users. */
export function answerSignIn(signIn: SignIn, trail: Trail, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const { session, headers } = await begin(signIn, request).catch((error: unknown) => {
      noteSession(trail, request, 'sign-in', null, error)
      throw error
    })
    noteSession(trail, request, 'sign-in', session)
    return Response.json(documentOf(signIn, fromSession(signIn, session)), { headers })
  })
}

/** Where one signs out of the provider, too; null where it has no such place, or cannot be asked for it. */
async function placeToSignOut(signIn: SignIn, request: Request): Promise<string | null> {
  const [origin] = ownOrigins(request.headers.get('host'), signIn.publicOrigins)
  if (signIn.oidc === undefined || origin === undefined) return null
  const place = await signIn.oidc.provider.endSession(`${origin}/`).catch(() => null)
  return place?.href ?? null
}

/** `DELETE /api/session`: signs out, and ends what was open by this session. */
export function answerSignOut(signIn: SignIn, trail: Trail, request: Request): Promise<Response> {
  return problemsAnswered(async () => {
    const session = await signIn.sessions.read(request.headers)
    const headers = new Headers(NO_STORE)
    for (const cookie of await signIn.sessions.end(request.headers)) headers.append('set-cookie', cookie)
    if (session !== null) noteSession(trail, request, 'sign-out', session)
    const logout = session?.oidc ? await placeToSignOut(signIn, request) : null
    if (logout === null) return new Response(null, { status: 204, headers })
    const answer: SignedOut = { logout }
    return Response.json(answer, { headers })
  })
}
