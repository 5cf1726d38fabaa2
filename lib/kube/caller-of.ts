import type { Caller } from './caller.ts'
import type { FleetService } from './fleet-service.ts'

/** The one way for handlers to learn as whom they act. @throws Refused, as `Access.callerOf` */
export const callerOf = (service: FleetService, request: Request): Promise<Caller> =>
  service.access.callerOf(request.headers)
