import { expect, test as base } from '@playwright/test'
import type { BrowserContext, BrowserContextOptions } from '@playwright/test'
import { adminToken } from './cluster.ts'
import { PORT, SIGNED_IN } from './place.ts'

/** What the pages of a test complained about; a test fails on any of it that it did not expect. */
export interface Complaints {
  /** Complaints that fit the pattern belong to this test: a server that is gone, for example. */
  expect(pattern: RegExp): void
}

declare global {
  interface Window {
    tellViolation(told: string): Promise<void>
  }
}

interface Fixtures {
  complaints: Complaints
  /** Another browser profile, listened to and closed like the first one. */
  openContext: (options?: BrowserContextOptions) => Promise<BrowserContext>
}

/** Pages tell of what their policy forbade them; without this, most of it would be told to the console alone. */
async function listen(context: BrowserContext, heard: string[]): Promise<void> {
  await context.exposeBinding('tellViolation', (_, told: string) => void heard.push(told))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event
      const what = `${effectiveDirective} forbids ${blockedURI} ${sample}`
      void window.tellViolation(`Content-Security-Policy: ${what} (${sourceFile}:${lineNumber})`)
    })
  })
  context.on('console', (message) => {
    if (message.type() === 'error') heard.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => heard.push(String(error.error())))
}

/** Pages of a context are the administrator's, where somebody has to sign in at all. */
async function signIn(context: BrowserContext): Promise<void> {
  if (!SIGNED_IN) return
  const origin = `http://127.0.0.1:${PORT}`
  const answer = await context.request.post(`${origin}/api/session`, {
    data: { token: adminToken() },
    headers: { origin },
  })
  expect(answer.status(), 'signing in').toBe(200)
}

const heardIn = new WeakMap<Complaints, string[]>()

/**
 * Playwright's test, in which an error on the console, an uncaught one in any page, or anything that a page's policy
 * forbids is a failure.
 */
export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, provide) => {
      const heard: string[] = []
      const expected: RegExp[] = []
      const complaints: Complaints = { expect: (pattern) => void expected.push(pattern) }
      heardIn.set(complaints, heard)
      await listen(context, heard)
      await signIn(context)
      await provide(complaints)
      const unexpected = heard.filter((text) => !expected.some((pattern) => pattern.test(text)))
      expect(unexpected, 'complaints of the pages').toEqual([])
    },
    { auto: true },
  ],
  openContext: async ({ browser, complaints, contextOptions }, provide) => {
    const contexts: BrowserContext[] = []
    await provide(async (options) => {
      const context = await browser.newContext({ ...contextOptions, ...options })
      contexts.push(context)
      await listen(context, heardIn.get(complaints) ?? [])
      await signIn(context)
      return context
    })
    for (const context of contexts) await context.close()
  },
})

export { expect }
