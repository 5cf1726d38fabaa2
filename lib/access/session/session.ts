import { z } from 'zod'

const text = z.string().max(16_384)

/** One sign-in, as its cookie holds it: all that any replica of the dashboard needs to know. */
const sessionSchema = z.object({
  /** Names it; it is no secret. */
  id: z.string().min(8).max(64),
  /** As the API server knows them. */
  name: z.string().min(1).max(1_024),
  groups: z.array(text).max(1_000),
  /** How the API server is asked: with this token of theirs, or by the dashboard speaking for them. */
  credential: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), token: text.min(1) }),
    z.object({ kind: z.literal('impersonation') }),
  ]),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  usedAt: z.number(),
  /** When the credential ends by itself; null when that is not known. */
  credentialEndsAt: z.number().nullable(),
  /** Which of the demo's ready-made users it is. */
  demoUser: z.string().max(100).nullable(),
  /** What an OpenID provider gave for later: to refresh, and to sign out there. */
  oidc: z.object({ refreshToken: text.nullable(), idToken: text }).nullable(),
})

export type Session = z.infer<typeof sessionSchema>

/** What a cookie holds: a session, and by which way it began. */
export const sealedSchema = z.object({ way: z.string(), session: sessionSchema })

export interface SessionTimes {
  /** Milliseconds without a request after which it ends, and after which it ends in any case. */
  idleMs: number
  longestMs: number
}

/** When it ends, in epoch milliseconds, if nothing is asked any more. */
export const endOf = (session: Session, { idleMs, longestMs }: SessionTimes): number =>
  Math.min(
    session.usedAt + idleMs,
    session.startedAt + longestMs,
    session.credentialEndsAt ?? Number.POSITIVE_INFINITY,
  )
