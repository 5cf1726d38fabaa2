import { PAGE_MARK } from '../fleet/page-mark.ts'
import { createListeners } from './listeners.ts'

const SIGNED_OUT = 'signed-out'
const listeners = createListeners()

/** Calls `tell` whenever an answer of our server says that nobody is signed in; the returned function ends it. */
export const onSignedOut = (tell: () => void): (() => void) => listeners.add(SIGNED_OUT, tell)

/** A 401 can also be about the dashboard's own account, which nobody's signing in would mend. */
async function saysSignedOut(response: Response): Promise<boolean> {
  const said: unknown = await response.json().catch(() => null)
  return typeof said === 'object' && said !== null && 'code' in said && said.code === 'not-signed-in'
}

/**
 * `fetch` for our own API: the one way to ask it, so that the whole page learns when nobody is signed in any more.
 * Nobody else reads the body meanwhile. @throws whatever fetch throws
 */
export async function askServer(
  path: string,
  init?: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
): Promise<Response> {
  const headers = { ...init?.headers, [PAGE_MARK.name]: PAGE_MARK.value }
  const response = await fetch(path, { ...init, headers })
  if (response.status === 401 && (await saysSignedOut(response.clone()))) listeners.tellAll(SIGNED_OUT)
  return response
}
