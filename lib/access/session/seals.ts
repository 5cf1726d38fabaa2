import { createHash } from 'node:crypto'
import { sealData, unsealData } from 'iron-session'
import type { z } from 'zod'

/** The secrets of the dashboard: the first one seals, all of them open. To take one away signs out whoever came by it. */
export type Secrets = readonly [string, ...string[]]

/** Turns what a cookie holds into a text that only who has the secret can make and read, and back. */
export interface Seals<Content> {
  seal(content: Content, seconds: number): Promise<string>
  /** Null for what is no seal, is too old, or was made with a secret that does not count any more. */
  open(text: string): Promise<Content | null>
}

/** A secret is known by its digest (a whole number, as the library wants it): to take one away leaves the others theirs. */
const idOf = (secret: string) => createHash('sha256').update(secret).digest().readUIntBE(0, 6)

/** Seals what is put into cookies with the first secret, and opens what any of them sealed. */
export function createSeals<Content extends object>(
  secrets: Secrets,
  schema: z.ZodType<Content>,
): Seals<Content> {
  const first = { [idOf(secrets[0])]: secrets[0] }
  const all = Object.fromEntries(secrets.map((secret) => [idOf(secret), secret]))
  return {
    seal: (content, seconds) => sealData(content, { password: first, ttl: Math.max(1, Math.ceil(seconds)) }),
    async open(text) {
      const content = await unsealData<unknown>(text, { password: all }).catch(() => null)
      const parsed = schema.safeParse(content)
      return parsed.success ? parsed.data : null
    },
  }
}
