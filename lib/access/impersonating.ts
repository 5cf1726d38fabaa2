import type { SentHeaders, Transport } from '../kube/transport.ts'
import { flawOfPerson } from './person.ts'
import type { Person } from './person.ts'

/** Header fields are bytes to the API server, which reads them as UTF-8; Node writes them as Latin-1. */
const asBytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

/**
 * The dashboard's own connection, speaking for somebody. What a request of theirs says of impersonation never comes
 * this far, and would be overwritten here.
 * @throws Error for somebody whom no claim may make: the authenticators refuse them with words of their own before
 */
export function impersonating(transport: Transport, person: Person): Transport {
  const flaw = flawOfPerson(person)
  if (flaw !== '') throw new Error(`nobody may be impersonated here: ${flaw}`)
  const as: SentHeaders = {
    'Impersonate-User': asBytes(person.name),
    ...(person.groups.length > 0 && { 'Impersonate-Group': person.groups.map(asBytes) }),
  }
  const others = (headers: SentHeaders = {}) =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !/^impersonate-/i.test(name)))
  return {
    server: transport.server,
    open: (request) => transport.open({ ...request, headers: { ...others(request.headers), ...as } }),
    openSocket: (request) =>
      transport.openSocket({ ...request, headers: { ...others(request.headers), ...as } }),
    // The connections are the dashboard's.
    close: () => {},
  }
}
