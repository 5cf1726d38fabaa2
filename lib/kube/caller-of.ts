import type { Caller } from './caller.ts'
import type { FleetService } from './fleet-service.ts'
import { Refused } from './problem.ts'
import type { View } from './views.ts'

/**
 * The one way for handlers to learn as whom they act. Who does not sign in is counted by address, before any handler.
 * @throws Refused, as `Access.callerOf`; 429 `rate-limited` for somebody who asks too much
 */
export async function callerOf(service: FleetService, request: Request): Promise<Caller> {
  const caller = await service.access.callerOf(request.headers)
  const retryAfter = caller.means === 'dashboard' ? 0 : service.rates.take(caller.name)
  if (retryAfter === 0) return caller
  throw new Refused({
    status: 429,
    code: 'rate-limited',
    title: 'Too many requests',
    detail: `You ask more than one user may (RATE_LIMIT); ask again in ${retryAfter} s.`,
    retryAfter,
  })
}

/**
 * What of the fleet somebody sees, found out before any of it is looked at.
 * @throws Refused when that is not known: then nothing may be shown
 */
export const viewFor = async (service: FleetService, caller: Caller): Promise<View> =>
  service.viewOf(await caller.sight())
