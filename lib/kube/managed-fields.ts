const BEGIN = Buffer.from('"managedFields":[')
const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [LIST, LIST_END, OBJECT] = [0x5b, 0x5d, 0x7b]

/** The place of the bracket that closes the list; -1 when it has lists inside, or no end. */
function endOfFlatList(json: Buffer, begin: number): number {
  let inText = false
  for (let at = begin; at < json.length; at += 1) {
    const byte = json[at]
    if (byte === QUOTE) inText = !inText
    else if (inText) at += byte === BACKSLASH ? 1 : 0
    else if (byte === LIST_END) return at
    else if (byte === LIST) return -1
  }
  return -1
}

/**
 * The bytes of an object's JSON with its first `managedFields` emptied: the record of who wrote what is close to
 * half of an object, and nobody here reads it. JSON that is not as the API server writes it stays as it is. A
 * quote after `,` or `{` can only open a key, so no text that looks like the record is taken for it.
 */
export function withoutManagedFields(json: Buffer): Buffer {
  const key = json.indexOf(BEGIN)
  const before = json[key - 1]
  if (key < 0 || (before !== COMMA && before !== OBJECT)) return json
  const begin = key + BEGIN.length
  const end = endOfFlatList(json, begin)
  return end < 0 ? json : Buffer.concat([json.subarray(0, begin), json.subarray(end)])
}
