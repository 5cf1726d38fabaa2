import type { JsonRecord } from '../json.ts'
import { isRecord } from '../json.ts'
import { structReader } from './decode-fields.ts'
import type { Dialect, Reading } from './decode-words.ts'
import { isUnreadable } from './decode-words.ts'

/** An object as the original would hold it, or why it cannot be read; `strict` tells of fields that are dropped. */
export type Decoded =
  | { ok: true; value: JsonRecord; strict: readonly string[] }
  | { ok: false; error: string }

/** How to read: where the value stands, which paths its text gives twice, and in whose words errors are told. */
export interface DecodeOptions {
  within?: string
  duplicates?: Iterable<string>
  dialect?: Dialect
}

/**
 * Reads a value as the struct of a built-in schema: types are checked, unknown fields dropped, zero values left
 * out or filled in as Go does. Errors are worded as Go words them.
 */
export function decodeStruct(name: string, value: JsonRecord, options: DecodeOptions = {}): Decoded {
  const { within, duplicates = [], dialect = 'json' } = options
  const reading: Reading = { error: undefined, strict: [], duplicates: new Set(duplicates), dialect }
  const place = within === undefined ? undefined : { up: undefined, step: within }
  try {
    const read = structReader(name)(value, place, reading)
    if (reading.error !== undefined || !isRecord(read)) return { ok: false, error: reading.error ?? '' }
    return { ok: true, value: read, strict: reading.strict }
  } catch (error) {
    if (isUnreadable(error)) return { ok: false, error: error.message }
    throw error
  }
}
