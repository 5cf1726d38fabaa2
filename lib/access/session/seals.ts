import { createHash } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import { sessionSchema } from './session.ts'
import type { Session } from './session.ts'

/** Turns a session into a text that only who has the secret can make and read, and back. */
export interface Seals {
  seal(session: Session, seconds: number): Promise<string>
  /** Null for what is no seal, is too old, or was made with a secret that does not count any more. */
  open(text: string): Promise<Session | null>
}

/** A secret is known by its digest (a whole number, as the library wants it): to take one away leaves the others theirs. */
const idOf = (secret: string) => createHash('sha256').update(secret).digest().readUIntBE(0, 6)

/** `secrets`: the first one seals, all of them open. To take one away signs out whoever came by it. */
export function createSeals(secrets: readonly [string, ...string[]]): Seals {
  const first = { [idOf(secrets[0])]: secrets[0] }
  const all = Object.fromEntries(secrets.map((secret) => [idOf(secret), secret]))
  return {
    seal: (session, seconds) => sealData(session, { password: first, ttl: Math.max(1, Math.ceil(seconds)) }),
    async open(text) {
      const content = await unsealData<unknown>(text, { password: all }).catch(() => null)
      const parsed = sessionSchema.safeParse(content)
      return parsed.success ? parsed.data : null
    },
  }
}
