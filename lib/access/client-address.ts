import { isIP } from 'node:net'

interface Forwarded {
  /** The address of the peer itself. */
  peer: string
  /** X-Forwarded-For, to which every proxy adds whom it heard. */
  forwardedFor: string | undefined
}

/**
 * The address that a request came from: the last in the row that no trusted proxy added for another one. Whatever stands
 * before it was said by somebody whose word does not count.
 */
export function clientAddress(
  { peer, forwardedFor }: Forwarded,
  isTrusted: (address: string) => boolean,
): string {
  const row = [...(forwardedFor ?? '').split(',').map((part) => part.trim()), peer].filter(
    (part) => part !== '',
  )
  const stranger = row.findLast((address) => !isTrusted(address)) ?? peer
  return isIP(stranger) === 0 ? peer : stranger
}
