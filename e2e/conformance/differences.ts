import type { Answer } from './exchange.ts'

/** How the embedded server answers one exchange otherwise than the original. */
export interface Departure {
  theme: string
  exchange: string
  /** What it answers, made of what the original answered. */
  answers: (recorded: readonly Answer[]) => Answer[]
}

/** A difference on purpose; demo/README.md lists it by its name. */
export interface Difference {
  name: string
  reason: string
  where: readonly Departure[]
}

type Json = Record<string, unknown>
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Rewrites every text of an answer's body. */
function texts(value: unknown, rewrite: (text: string) => string): unknown {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map((one) => texts(one, rewrite))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, texts(one, rewrite)]))
}

const reworded =
  (rewrite: (text: string) => string): Departure['answers'] =>
  (recorded) =>
    recorded.map(({ status, headers, body }) => ({ status, headers, body: texts(body, rewrite) }))

/** Some of the answers, by their place, are these; the others are the original's. */
const instead =
  (replaced: Readonly<Record<number, Answer>>): Departure['answers'] =>
  (recorded) =>
    recorded.map((answer, index) => replaced[index] ?? answer)

const JSON_HEADERS = { 'cache-control': 'no-cache, private', 'content-type': 'application/json' }

const refusal = (status: number, reason: string, message: string, details?: Json): Answer => ({
  status,
  headers: JSON_HEADERS,
  body: {
    apiVersion: 'v1',
    code: status,
    ...(details && { details }),
    kind: 'Status',
    message,
    metadata: {},
    reason,
    status: 'Failure',
  },
})

const at = (theme: string, exchange: string, answers: Departure['answers']): Departure => ({
  theme,
  exchange,
  answers,
})

const withoutProtobuf = reworded((text) =>
  text.replaceAll(/, application\/vnd\.kubernetes\.protobuf(;stream=watch)?/g, ''),
)
const notOffered = refusal(
  406,
  'NotAcceptable',
  'only the following media types are accepted: application/json, application/yaml',
)
const asJson: Departure['answers'] = (recorded) => {
  const object = { data: { a: '1' }, kind: 'ConfigMap', apiVersion: 'v1' }
  const metadata = {
    creationTimestamp: '<time>',
    name: '<id>',
    namespace: '<ns>',
    resourceVersion: '<rv 1>',
    uid: '<uid 1>',
  }
  return recorded.map(() => ({ status: 200, headers: JSON_HEADERS, body: { ...object, metadata } }))
}

const UNKNOWN_PATCH = refusal(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
const withoutApply = reworded((text) => text.replace(', application/apply-patch+yaml', ''))

/** What the embedded server does otherwise on purpose. A difference that is none any more fails the suite. */
export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'Protobuf answers',
    reason:
      'Nothing here needs them: kubectl and client-node take JSON. Protobuf bodies of requests are read.',
    where: [
      at('discovery', 'the older aggregation', withoutProtobuf),
      at('discovery', 'an unknown aggregation', withoutProtobuf),
      at('discovery', 'discovery in a form that it has not', withoutProtobuf),
      at('negotiation', 'a table of no version', withoutProtobuf),
      at('negotiation', 'types that are not served', withoutProtobuf),
      at('negotiation', 'any type', withoutProtobuf),
      at('negotiation', 'CBOR', withoutProtobuf),
      at('negotiation', 'parameters that mean nothing', withoutProtobuf),
      at('negotiation', 'an error in a type that is not served', withoutProtobuf),
      at('negotiation', 'protobuf', instead({ 0: notOffered })),
      at('negotiation', 'protobuf or else JSON', asJson),
      at('negotiation', 'protobuf of a custom resource', instead({ 0: notOffered })),
      at('watches', 'as something else', withoutProtobuf),
    ],
  },
  {
    name: 'Server-side apply',
    reason:
      'It would need an owner for every field of every object; refused as a media type that is not known.',
    where: [
      at('patches', 'server-side apply', instead({ 0: UNKNOWN_PATCH })),
      at('patches', 'server-side apply of a set', (recorded) =>
        recorded.map(() =>
          refusal(
            415,
            'UnsupportedMediaType',
            'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json',
          ),
        ),
      ),
      at('patches', 'a strategic patch of a set', withoutApply),
      at('patches', 'a patch of a set of no known type', withoutApply),
    ],
  },
  {
    name: 'managedFields',
    reason:
      'Kept for custom resources only, and lists count as one field: on built-in kinds it matters to server-side apply alone, and doubles the size of every object.',
    where: [
      at('objects', 'who wrote which field', (recorded) =>
        recorded.map(({ status, headers, body }) => {
          const { managedFields: _, ...metadata } = Object(Object(body).metadata) as Json
          return { status, headers, body: { ...Object(body), metadata } as unknown }
        }),
      ),
    ],
  },
  {
    name: 'Words of parsers',
    reason: 'Where CEL, YAML or protobuf cannot be read, other parsers than those of the original say why.',
    where: [
      at(
        'custom',
        'rules that do not compile',
        reworded((text) => text.replace(/mismatched input '<EOF>' expecting {.*}/, 'Unexpected token: EOF')),
      ),
      at(
        'hostile',
        'malformed YAML',
        reworded((text) =>
          text
            .replace(
              /did not find expected key (?=\(3a203a\))/,
              'mapping values are not allowed in this context ',
            )
            .replace("line 1: did not find expected ',' or ']'", "did not find expected ',' or ']'"),
        ),
      ),
      at(
        'hostile',
        'malformed protobuf',
        reworded((text) => text.replace('proto: illegal wireType 6', 'unexpected EOF')),
      ),
    ],
  },
  {
    name: 'Depth of bodies',
    reason:
      'Objects may be nested 1,000 deep instead of 10,000: no real one comes near, and the stack is smaller.',
    where: [
      at(
        'hostile',
        'deep nesting',
        instead({
          0: refusal(
            400,
            'BadRequest',
            `the object provided is unrecognized (must be of type CocoonSet): couldn't get version/kind; json parse error: invalid character '[' exceeded max depth ({"apiVersion":"cocoonset.cocoo ...)`,
          ),
        }),
      ),
    ],
  },
  {
    name: 'The diff in a refused update of a pod',
    reason:
      'The original goes on with a diff of its own types; the rule that was broken is told in the same words.',
    where: [
      at(
        'objects',
        'a pod from birth to update',
        reworded((text) => text.replace(/(previously negative\))\n[\s\S]*$/, '$1')),
      ),
    ],
  },
  {
    name: 'The first taint of a node',
    reason: 'There is no node lifecycle controller that would take it away once the node is ready.',
    where: [
      at('objects', 'a node', (recorded) =>
        recorded.map(({ status, headers, body }, index) => {
          const { taints: _, ...spec } = Object(Object(body).spec) as Json
          return { status, headers, body: index === 0 ? ({ ...Object(body), spec } as unknown) : body }
        }),
      ),
    ],
  },
  {
    name: 'Component statuses are stored',
    reason: 'They are objects like all others, with an identity; nothing is asked when they are read.',
    where: [
      at('health', 'one component', (recorded) =>
        recorded.map(({ status, headers, body }) => {
          const identity = { creationTimestamp: '<time>', resourceVersion: '<rv 1>', uid: '<uid 1>' }
          const metadata: unknown = { ...Object(Object(body).metadata), ...identity }
          return { status, headers, body: { ...Object(body), metadata } as unknown }
        }),
      ),
      at(
        'health',
        'no such component',
        reworded((text) => text.replace(/^componentstatus\b/, 'componentstatuses')),
      ),
    ],
  },
]
