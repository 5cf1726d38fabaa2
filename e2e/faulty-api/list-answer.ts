import type { WatchedResource } from '../../lib/fleet/freshness.ts'
import { expiredBody, tooLargeBody, type SeenRequest } from './faults.ts'
import type { Listing, View } from './view.ts'

export interface Answer {
  status: number
  body: string
}

const KINDS: Record<WatchedResource, string> = {
  pods: 'PodList',
  cocoonsets: 'CocoonSetList',
  cocoonhibernations: 'CocoonHibernationList',
  nodes: 'NodeList',
}

/** Answers lists page by page; a list in progress stays at its version, until it is made to expire. */
export function createListAnswers() {
  const tokens = new Map<string, { listing: Listing; from: number }>()
  let serial = 0

  function page(request: SeenRequest, listing: Listing, from: number): Answer {
    const limit = Number(request.query.get('limit') ?? 0) || listing.texts.length
    const texts = listing.texts.slice(from, from + limit)
    const rest = listing.texts.length - from - texts.length
    const metadata: Record<string, unknown> = { resourceVersion: String(listing.version) }
    if (rest > 0) {
      serial += 1
      metadata.continue = `page-${serial}`
      metadata.remainingItemCount = rest
      tokens.set(`page-${serial}`, { listing, from: from + limit })
    }
    const partial = (request.headers.accept ?? '').includes('as=PartialObjectMetadataList')
    const kind = partial ? 'PartialObjectMetadataList' : KINDS[request.resource]
    const items = partial ? texts.map(metadataOnly) : texts
    const head = `{"kind":"${kind}","apiVersion":"v1","metadata":${JSON.stringify(metadata)}`
    return { status: 200, body: `${head},"items":[${items.join(',')}]}` }
  }

  return {
    /** @param truth what a read that must be the newest there is gets */
    answer(request: SeenRequest, view: View, truth: View): Answer {
      const token = request.query.get('continue')
      if (token !== null) {
        const going = tokens.get(token)
        return going ? page(request, going.listing, going.from) : { status: 410, body: expiredBody() }
      }
      const wanted = request.query.get('resourceVersion') ?? ''
      if (Number(wanted || 0) > view.version) return { status: 504, body: tooLargeBody(wanted, view.version) }
      return page(request, (wanted === '' ? truth : view).list(request.resource), 0)
    },
    /** Every list in progress is answered 410 from now on. */
    expireTokens: () => tokens.clear(),
  }
}

function metadataOnly(text: string): string {
  const { metadata } = JSON.parse(text) as { metadata: unknown }
  return JSON.stringify({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata })
}
