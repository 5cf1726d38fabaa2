import { LACK } from '../can/rights.ts'
import { capital } from '../can/wording.ts'
import type { Candidate } from './candidates.ts'

/** The same sentence about one or many rows. */
export interface SentenceGroup {
  /** About one it names it; about several it says "it". */
  sentence: string
  members: readonly Candidate[]
}

const PART_OF_NAME = /[\w-]/

/** Whether the name stands at `at` as a whole: a dot ends a sentence, or joins two parts of a name. */
function isWhole(text: string, at: number, length: number): boolean {
  const before = text[at - 1] ?? ' '
  const after = text[at + length] ?? ' '
  const next = text[at + length + 1] ?? ' '
  if (PART_OF_NAME.test(before) || before === '.' || before === '/') return false
  return !PART_OF_NAME.test(after) && !(after === '.' && PART_OF_NAME.test(next))
}

function replaceName(text: string, name: string, by: string): string {
  if (name === '' || !text.includes(name)) return text
  let done = ''
  let rest = 0
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!isWhole(text, at, name.length)) continue
    const before = text.slice(rest, at)
    const begins = at === 0 || /[.!?] $/.test(text.slice(0, at))
    done += before + (begins ? capital(by) : by)
    rest = at + name.length
  }
  return done + text.slice(rest)
}

/** The sentence without the names of its own row, its set and its main agent: what it says of many. */
export function impersonal(sentence: string, { row, around }: Candidate): string {
  // A right is one of a namespace, which may be called as something in it is.
  if (sentence.startsWith(LACK)) return sentence
  const ofSet = row.kind === 'set' ? 'it' : 'its set'
  const set = around.set
  let text = replaceName(sentence, `Set ${set}`, ofSet)
  text = replaceName(text, `set ${set}`, ofSet)
  text = replaceName(text, row.name, 'it')
  text = replaceName(text, around.vmName, '(VM name)')
  if (around.main === row.name) return text
  text = replaceName(text, around.main, 'its main agent')
  return replaceName(text, around.mainVmName, 'its main agent')
}

/** Puts the rows together of which the same is said, the most common first. */
export function groupSentences(said: Iterable<{ candidate: Candidate; sentence: string }>): SentenceGroup[] {
  const groups = new Map<string, { sentence: string; members: Candidate[] }>()
  for (const { candidate, sentence } of said) {
    const key = impersonal(sentence, candidate)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { sentence, members: [candidate] })
    else {
      group.sentence = key
      group.members.push(candidate)
    }
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length)
}
