import { callerOf } from './caller-of.ts'
import type { FleetService } from './fleet-service.ts'
import type { StreamSource } from './serve-stream.ts'
import { openSightReader } from './sight-reader.ts'
import type { SightReaderTimes } from './sight-reader.ts'

interface CallerStreamsOptions extends SightReaderTimes {
  /** How many people may be behind one address, where nobody signs in. */
  usersPerAddress?: number
}

/** The streams of a service, for each caller that of what they see; they end with the caller's session. */
export const callerStreams = (
  service: FleetService,
  { usersPerAddress = 1, ...times }: CallerStreamsOptions = {},
): StreamSource => ({
  async admit(request) {
    const caller = await callerOf(service, request)
    // Where nobody signs in, everybody has one name, but not one address.
    const unnamed = caller.means === 'dashboard'
    return {
      who: unnamed ? caller.from : caller.name,
      users: unnamed ? usersPerAddress : 1,
      async open(lastEventId) {
        const { viewOf, onNamespace } = service
        const reader = await openSightReader(
          { viewOf, onNamespace, sight: caller.sight, ...times },
          lastEventId,
        )
        const forget = service.access.onEnd(caller.session, reader.close)
        return {
          next: reader.next,
          close() {
            forget()
            reader.close()
          },
        }
      },
    }
  },
})
