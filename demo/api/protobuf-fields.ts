import { readFileSync } from 'node:fs'

/** One field of a built-in kind. */
export interface ProtoField {
  /** Its JSON name. */
  name: string
  /** A scalar's word, or the name of a message. */
  type: string
  shape: 'one' | 'list' | 'map'
  /** Zero and empty are said, not absent. */
  keepsZero: boolean
  /** Its fields are those of the object itself in JSON. */
  inline: boolean
}

const FILE = new URL('protobuf-fields.json', import.meta.url)
let texts: Readonly<Record<string, string>> | undefined
const known = new Map<string, ReadonlyMap<number, ProtoField>>()

const FIELD = /^(\w+):(\d+):([\w./]+)(\*|\{\})?(!)?(>)?$/

function parsed(text: string): ReadonlyMap<number, ProtoField> {
  const fields = text.split(' ').flatMap((word): [number, ProtoField][] => {
    const match = FIELD.exec(word)
    if (!match) return []
    const [, name = '', number = '', type = '', shape = '', zero, inline] = match
    const shapes = { '*': 'list', '{}': 'map', '': 'one' } as const
    const found = shapes[shape === '*' || shape === '{}' ? shape : '']
    return [[Number(number), { name, type, shape: found, keepsZero: zero === '!', inline: inline === '>' }]]
  })
  return new Map(fields)
}

/** The fields of a message by number, such as of `core/v1.Pod`; undefined when there is no such message. */
export function protoFields(message: string): ReadonlyMap<number, ProtoField> | undefined {
  texts ??= JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>
  const text = Object.hasOwn(texts, message) ? texts[message] : undefined
  if (text === undefined) return undefined
  const found = known.get(message) ?? parsed(text)
  known.set(message, found)
  return found
}
