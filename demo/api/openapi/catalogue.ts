import { createHash } from 'node:crypto'
import type { Registry } from '../registry.ts'
import type { Document, Subject } from './documents.ts'
import { discoveryDocument, subjectsOf, versionDocument, versionInfoDocument } from './documents.ts'
import { once } from './once.ts'
import { rootOf } from './resource-paths.ts'
import { swaggerProtobuf } from './swagger-protobuf.ts'
import { swaggerOf } from './swagger.ts'

/** A document as it is sent. */
export interface Published {
  text: string
  /** Hexadecimal SHA-512 of the text: the ETag, and the `hash` of its address. */
  hash: string
}

interface Entry {
  document: () => Document
  published: () => Published
}

/** All documents of a server at one moment. They are made when they are first asked for. */
export interface Catalogue {
  /** By path: `api/v1`, `apis/apps/v1`. */
  entries: ReadonlyMap<string, Entry>
  /** Swagger 2.0, as JSON and as protobuf with one hash. */
  swagger: () => Published
  swaggerBytes: () => Buffer
}

function publish(text: string): Published {
  return { text, hash: createHash('sha512').update(text).digest('hex').toUpperCase() }
}

function entryOf(make: () => Document): Entry {
  const document = once(make)
  return { document, published: once(() => publish(JSON.stringify(document()))) }
}

const pathOf = ({ group, version }: Subject) => rootOf(group, version).slice(1)
const sameResources = (a: Subject, b: Subject) =>
  a.resources.length === b.resources.length && a.resources.every((one, index) => one === b.resources[index])

function catalogueOf(entries: Map<string, Entry>): Catalogue {
  const swagger = once(() =>
    swaggerOf(
      [...entries.values()].map((one) => one.document()),
      { title: 'Kubernetes', version: '1.36' },
    ),
  )
  return {
    entries,
    swagger: once(() => publish(JSON.stringify(swagger()))),
    swaggerBytes: once(() => swaggerProtobuf(swagger())),
  }
}

/** A function that answers the current documents of a registry; those of versions that stay the same are kept. */
export function followCatalogue(registry: Registry): () => Catalogue {
  let subjects: Subject[] = []
  let current: Catalogue | undefined
  return () => {
    const next = subjectsOf(registry)
    const kept = (one: Subject) =>
      subjects.find((known) => pathOf(known) === pathOf(one) && sameResources(known, one))
    if (current && next.length === subjects.length && next.every(kept)) return current
    const entries = new Map<string, Entry>()
    const keep = (path: string, reuse: boolean, make: () => Document) => {
      entries.set(path, (reuse ? current?.entries.get(path) : undefined) ?? entryOf(make))
    }
    for (const path of ['api', 'apis']) keep(path, true, () => discoveryDocument(path))
    for (const subject of next) {
      const { group, resources } = subject
      const builtin = group !== '' && !resources.some((one) => one.custom)
      if (builtin) keep(`apis/${group}`, true, () => discoveryDocument(`apis/${group}`))
      keep(pathOf(subject), kept(subject) !== undefined, () => versionDocument(subject))
    }
    keep('version', true, versionInfoDocument)
    subjects = next
    current = catalogueOf(new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1))))
    return current
  }
}
