import type { Random } from '../../demo/random.ts'

/** A request before it is sent; `path` is sent as it is. */
export interface RawRequest {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}

/** A request as the API wants it, which the spoilers below begin with. */
export interface WellFormed {
  method: string
  path: string
  /** Undefined where the route takes none. */
  body?: Record<string, unknown>
}

type Spoil = (request: WellFormed, random: Random) => RawRequest

const JSON_TYPE = { 'content-type': 'application/json' }
const asIs = ({ method, path, body }: WellFormed): RawRequest => ({
  method,
  path,
  headers: body ? JSON_TYPE : {},
  ...(body ? { body: JSON.stringify(body) } : {}),
})
const withBody = (request: WellFormed, body: NonNullable<RawRequest['body']>): RawRequest => ({
  ...asIs(request),
  headers: JSON_TYPE,
  body,
})

const TEXTS = [
  '',
  ' ',
  '..',
  'a\u0000b',
  'A B',
  '%2f',
  '../../x',
  '💥',
  'x'.repeat(5_000),
  '__proto__',
  "';--",
] as const
const WRONG = [null, true, -1, 0.5, 1e300, '1', [], {}, [[]], { a: 1 }] as const
/** Megabytes that nobody should wait for: they come only as they are read. */
function endless(megabytes: number): ReadableStream<Uint8Array> {
  let left = megabytes
  return new ReadableStream({
    pull(controller) {
      left -= 1
      if (left < 0) controller.close()
      else controller.enqueue(new Uint8Array(1024 * 1024).fill(0x20))
    },
  })
}

const bytes = (random: Random) =>
  Uint8Array.from({ length: random.int(1, 200) }, () => random.int(0x80, 0xff))
const inserted = (text: string, what: string) => text.replace('{', `{${what},`)
/** A field of the request turned into what it cannot be. */
const wrongly = (body: Record<string, unknown>, random: Random) => {
  const names = Object.keys(body)
  const name = names[random.int(0, names.length - 1)] ?? 'uid'
  return { ...body, [name]: name === 'node' || name === 'spec' ? 7 : random.pick(WRONG) }
}

/** In what a request with a body can be wrong. */
const BODIES: readonly [Spoil, ...Spoil[]] = [
  (request, random) => withBody(request, bytes(random)),
  (request, random) => {
    const text = JSON.stringify(request.body)
    return withBody(request, text.slice(0, random.int(1, text.length - 1)))
  },
  (request, random) => withBody(request, JSON.stringify(random.pick(WRONG))),
  (request, random) => withBody(request, '['.repeat(random.int(33, 10_000))),
  (request, random) => {
    const depth = random.int(33, 10_000)
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    return withBody(request, inserted(JSON.stringify(request.body), `"deep":${deep}`))
  },
  (request) => withBody(request, inserted(JSON.stringify(request.body), '"uid":"x","uid":"y"')),
  (request) => withBody(request, inserted(JSON.stringify(request.body), '"__proto__":{"uid":"x"}')),
  (request, random) => {
    const extra = { ...request.body, [`f${random.hex(6)}`]: random.pick(WRONG) }
    return withBody(request, JSON.stringify(extra))
  },
  (request, random) => withBody(request, JSON.stringify(wrongly(request.body ?? {}, random))),
  ({ method, path }) => ({ method, path, headers: JSON_TYPE }),
  (request) => withBody(request, '{}'),
  (request) => withBody(request, JSON.stringify({ ...request.body, pad: 'x'.repeat(300_000) })),
  (request, random) => ({
    ...asIs(request),
    headers: {
      'content-type': random.pick([
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/json; charset=utf-16',
        'application/jsonx',
      ]),
    },
  }),
]

/** Rare, because a hundred megabytes take their time even when they are refused. */
const huge: Spoil = (request) => withBody(request, endless(100))

/** In what any request can be wrong. */
const ANYWHERE: readonly [Spoil, ...Spoil[]] = [
  (request, random) => {
    const parts = request.path.split('?')[0]?.split('/') ?? []
    const at = random.int(3, 4)
    // The one path without names gets one too many.
    parts[at] = encodeURIComponent(random.pick(TEXTS.slice(2) as unknown as typeof TEXTS))
    return { ...asIs(request), path: `${parts.join('/')}?${request.path.split('?')[1] ?? ''}` }
  },
  (request, random) => {
    const mark = request.path.includes('?') ? '&' : '?'
    const query = random.pick([
      'x=1',
      'dryRun=maybe',
      'dryRun=true&dryRun=true',
      'uid=a%20b&uid=c',
      'dryrun=true',
    ])
    return { ...asIs(request), path: `${request.path}${mark}${query}` }
  },
]

const STRANGERS: readonly [Record<string, string>, ...Record<string, string>[]] = [
  { origin: 'null' },
  { origin: 'http://evil.example' },
  { origin: 'http://localhost.evil.example' },
  { origin: 'http://LOCALHOST' },
  { origin: 'http://localhost:8080' },
  { origin: 'http://user@localhost' },
  { origin: 'http://localhost.' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
  { host: 'evil.example', origin: 'http://evil.example' },
  { 'idempotency-key': 'with space' },
  { 'idempotency-key': 'x'.repeat(300) },
]

const stranger: Spoil = (request, random) => {
  const raw = asIs(request)
  return { ...raw, headers: { ...raw.headers, ...random.pick(STRANGERS) } }
}

/** A request that is wrong in one way; `acts` where the route changes something. */
export function malformed(request: WellFormed, acts: boolean, random: Random): RawRequest {
  if (!acts) return ANYWHERE[0](request, random)
  if (request.body && random.next() < 0.002) return huge(request, random)
  const draw = random.next()
  if (draw < 0.15) return stranger(request, random)
  if (draw < 0.4 || !request.body) return random.pick(ANYWHERE)(request, random)
  return random.pick(BODIES)(request, random)
}
