import type { FleetService } from '../fleet-service.ts'
import type { Transport } from '../transport.ts'

/** As whom the API server sees a request. */
export interface Identity {
  /** Keeps the Idempotency-Keys of one apart from those of another. */
  name: string
  transport: Transport
}

/** The name of everybody while nobody signs in. */
export const NO_SIGN_IN = 'the dashboard'

/**
 * The one place that decides as whom a request acts. There is no sign-in yet: everybody acts as the dashboard
 * itself does.
 */
export const identityOf = (service: FleetService, _request: Request): Identity => ({
  name: NO_SIGN_IN,
  transport: service.transport,
})
