import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from './exchange.ts'

/** What the original answered, by the name of the exchange. */
export type Recording = Record<string, Answer[]>

const fileOf = (theme: string) => join(import.meta.dirname, 'recorded', `${theme}.json`)

/** The recording of a theme; empty when it was never recorded. */
export function readRecording(theme: string): Recording {
  const file = fileOf(theme)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recording) : {}
}

/** Writes a recording so that it can be read and reviewed. */
export function writeRecording(theme: string, recording: Recording): void {
  writeFileSync(fileOf(theme), `${JSON.stringify(recording, null, 1)}\n`)
}
