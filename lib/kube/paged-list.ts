import { linkedAbort } from './abort.ts'
import { failureWords } from './failure-words.ts'
import { keyOf, type Listed } from './holdings.ts'
import { createPacer } from './pacer.ts'
import type { ReflectorCore } from './reflector-core.ts'
import { isJson, readRefusal, type Refusal } from './refusal.ts'
import { isResourceVersion } from './resource-version.ts'
import type { Identity } from './watch-sink.ts'
import { isRecord, versionOf } from './watch-frame.ts'

/** Prefers metadata alone; a server that does not know it answers with whole objects. */
export const METADATA_ONLY =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json;q=0.9'

export type PageFailure = { kind: 'refused'; refusal: Refusal } | { kind: 'cut'; why: string }

interface PageWish {
  /** Not older than this; undefined for the newest there is. */
  notOlderThan?: string
  accept?: string
}

/**
 * Reads a whole list, page by page, all at one resource version.
 * @param take is given each item as it comes; the loop yields to others between items
 */
export async function readPages<Row extends Identity>(
  core: ReflectorCore<Row>,
  wish: PageWish,
  take: (item: unknown) => void,
): Promise<PageFailure | { kind: 'complete'; resourceVersion: string }> {
  const pacer = createPacer()
  let resourceVersion = ''
  let next: string | undefined
  do {
    const page = await readPage(core, wish, next).catch((error: unknown): PageFailure => ({
      kind: 'cut',
      why: failureWords(error),
    }))
    if (page.kind !== 'page') return page
    core.counters.pages += 1
    resourceVersion ||= page.resourceVersion
    next = page.next
    // Parsing the page took its share of this turn already.
    await pacer.breathe()
    for (const item of page.items) {
      take(item)
      if (pacer.due()) await pacer.breathe()
    }
  } while (next !== undefined)
  return { kind: 'complete', resourceVersion }
}

/** A complete list, ready to be told, with the objects that say who they are. */
export async function readList<Row extends Identity>(
  core: ReflectorCore<Row>,
  notOlderThan: string | undefined,
): Promise<PageFailure | { kind: 'complete'; list: Map<string, Listed<Row>>; resourceVersion: string }> {
  const list = new Map<string, Listed<Row>>()
  const end = await readPages(core, { notOlderThan }, (item) => {
    const version = versionOf(item)
    if (version && isRecord(item)) {
      list.set(keyOf(version), core.holdings.read(item, version))
      return
    }
    core.counters.quarantined += 1
    core.log.error({ resource: core.resource.name }, 'the list has an object without usable metadata')
  })
  return end.kind === 'complete' ? { ...end, list } : end
}

interface Page {
  kind: 'page'
  items: unknown[]
  resourceVersion: string
  next: string | undefined
}

async function readPage<Row extends Identity>(
  core: ReflectorCore<Row>,
  { notOlderThan, accept }: PageWish,
  next: string | undefined,
): Promise<Page | PageFailure> {
  const { resource, timing, transport } = core
  const first = notOlderThan ? { resourceVersion: notOlderThan, resourceVersionMatch: 'NotOlderThan' } : {}
  const work = linkedAbort(core.stopped, timing.listTimeoutMs)
  try {
    const response = await transport.open({
      path: resource.path,
      query: {
        limit: timing.pageSize,
        labelSelector: resource.labelSelector,
        ...(next === undefined ? first : { continue: next }),
      },
      ...(accept === undefined ? {} : { accept }),
      signal: work.signal,
      headersTimeoutMs: timing.listTimeoutMs,
    })
    if (response.status !== 200) {
      return { kind: 'refused', refusal: await readRefusal(response, core.now(), timing.retryAfterCapMs) }
    }
    if (!isJson(response)) {
      response.discard()
      return { kind: 'cut', why: 'something that is not the API server answered' }
    }
    return pageOf(await response.json())
  } finally {
    work.release()
  }
}

function pageOf(body: unknown): Page | PageFailure {
  const metadata = isRecord(body) && isRecord(body.metadata) ? body.metadata : {}
  const items = isRecord(body) ? (body.items ?? []) : undefined
  const { resourceVersion, continue: next } = metadata
  if (!Array.isArray(items) || !isResourceVersion(resourceVersion)) {
    return { kind: 'cut', why: 'the answer is not a list' }
  }
  return {
    kind: 'page',
    items,
    resourceVersion,
    next: typeof next === 'string' && next !== '' ? next : undefined,
  }
}
