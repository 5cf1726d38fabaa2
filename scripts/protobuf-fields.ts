/**
 * Writes demo/api/protobuf-fields.json: numbers and types of the fields of built-in kinds, as clients encode them in
 * protobuf. Read from the .proto files of Kubernetes and from the Go types that they were made of.
 *
 *     node scripts/protobuf-fields.ts --sources "$(go env GOMODCACHE)" --version v0.36.3
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const OUT = new URL('../demo/api/protobuf-fields.json', import.meta.url)
const API = 'k8s.io.api.'
const META = 'k8s.io.apimachinery.pkg.apis.meta.v1.'
const GROUPS = [
  'apps/v1 authentication/v1 authorization/v1 autoscaling/v1 autoscaling/v2 batch/v1 coordination/v1 core/v1',
  'discovery/v1 events/v1 networking/v1 policy/v1 rbac/v1 scheduling/v1 storage/v1',
].flatMap((line) => line.split(' '))

const { values } = parseArgs({ options: { sources: { type: 'string' }, version: { type: 'string' } } })
const { sources, version } = values
if (!sources || !version) throw new Error('give --sources and --version')

interface GoField {
  /** Zero values are told apart from absence, or always written. */
  keepsZero: boolean
  inline: boolean
}

/** By `Struct.protoName`. */
function goFields(text: string): Map<string, GoField> {
  const found = new Map<string, GoField>()
  let struct = ''
  for (const line of text.split('\n')) {
    struct = /^type (\w+) struct/.exec(line)?.[1] ?? struct
    const field = /^\t(?:(\w+)\s+)?(\*?)([\w.[\]*]+)\s+`json:"([^"]*)" protobuf:"([^"]*)"/.exec(line)
    if (!field) continue
    const [, goName = '', pointer, type = '', json = '', proto = ''] = field
    const own = goName || type.split('.').at(-1) || ''
    const name = /name=(\w+)/.exec(proto)?.[1] ?? own.charAt(0).toLowerCase() + own.slice(1)
    found.set(`${struct}.${name}`, {
      keepsZero: pointer === '*' || !json.includes(',omit'),
      inline: json === ',inline',
    })
  }
  return found
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  bytes: 'bytes',
  bool: 'truth',
  int32: 'whole',
  int64: 'whole',
  double: 'real',
}

function typeName(type: string, own: string): string {
  const plain = TYPES[type]
  if (plain) return plain
  const full = type.startsWith('.') ? type.slice(1) : `${own}${type}`
  return full
    .replace(API, '')
    .replace(META, 'meta/v1.')
    .replace(/\.(v\d+)\./, '/$1.')
}

const FIELD = /^ {2}(optional|repeated|map<string, ([.\w]+)>)\s*([.\w]*) (\w+) = (\d+);/

/** One text per message: `name:number:type`, with `*` for lists, `{}` for maps, `!` and `>` as goFields says. */
function messages(proto: string, go: string, own: string): [string, string][] {
  const facts = goFields(go)
  const found: [string, string][] = []
  for (const block of proto.matchAll(/^message (\w+) \{\n([^]*?)^\}/gm)) {
    const [, name = '', body = ''] = block
    const fields = body.split('\n').flatMap((line) => {
      const match = FIELD.exec(line)
      if (!match) return []
      const [, label = '', mapped, type = '', field = '', number = ''] = match
      const { keepsZero, inline } = facts.get(`${name}.${field}`) ?? { keepsZero: false, inline: false }
      const shape = label === 'repeated' ? '*' : mapped ? '{}' : ''
      const marks = `${shape}${keepsZero && shape === '' ? '!' : ''}${inline ? '>' : ''}`
      return [`${field}:${number}:${typeName(mapped ?? type, own)}${marks}`]
    })
    found.push([typeName(name, own), fields.join(' ')])
  }
  return found
}

const files = GROUPS.map((group) => ({
  path: `api@${version}/${group}`,
  own: `${API}${group.replace('/', '.')}.`,
}))
const meta = { path: `apimachinery@${version}/pkg/apis/meta/v1`, own: META }
const lines = [meta, ...files].flatMap(({ path, own }) => {
  const read = (name: string) => readFileSync(join(sources, 'k8s.io', path, name), 'utf8')
  return messages(read('generated.proto'), read('types.go'), own)
})
const text = lines
  .toSorted(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, fields]) => `${JSON.stringify(name)}:${JSON.stringify(fields)}`)
writeFileSync(OUT, `{\n${text.join(',\n')}\n}\n`)
