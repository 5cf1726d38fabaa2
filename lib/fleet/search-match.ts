import { elapsed } from './duration.ts'
import type { SearchFlag } from './search-fields.ts'
import { FIELD_RULES, SEARCH_FLAGS, SET_FLAGS, VM_FLAGS } from './search-fields.ts'
import { parseLimit } from './search-time.ts'
import type { Search, SearchTerm } from './search.ts'
import { choicesFor } from './search.ts'
import type { Vm, VmSet } from './vm.ts'

type TextTest = (text: string) => boolean
type VmTest = (vm: Vm, set: VmSet | null) => boolean
type SetTest = (set: VmSet) => boolean

const always = () => true
const never = () => false

/** `*` stands for anything. By pieces in order, because a regular expression from a stranger can take for ever. */
function globTest(pattern: string, anchored: boolean): TextTest {
  const pieces = pattern.split('*')
  const first = anchored ? (pieces.shift() ?? '') : ''
  const last = anchored ? (pieces.pop() ?? '') : ''
  return (text) => {
    const fits = text.length >= first.length + last.length
    if (!fits || !text.startsWith(first) || !text.endsWith(last)) return false
    let at = first.length
    const end = text.length - last.length
    for (const piece of pieces) {
      const found = text.indexOf(piece, at)
      if (found < 0 || found + piece.length > end) return false
      at = found + piece.length
    }
    return true
  }
}

/** Tests a text that is in lower case already. */
function textTest(value: string, kind: 'part' | 'whole'): TextTest {
  const lower = value.toLowerCase()
  if (lower.startsWith('=')) return (text) => text === lower.slice(1)
  if (lower.includes('*')) return globTest(lower, true)
  return kind === 'part' ? (text) => text.includes(lower) : (text) => text === lower
}

function anyOf<Test extends (...args: never[]) => boolean>(tests: readonly Test[]): Test {
  const [first, ...rest] = tests
  if (first === undefined) return never as unknown as Test
  if (rest.length === 0) return first
  return ((...args: never[]) => tests.some((test) => test(...args))) as Test
}

/** What free text looks through, in lower case. Kept with the row, which is replaced whenever it changes. */
const vmTexts = new WeakMap<Vm, string>()

function vmText(vm: Vm): string {
  let text = vmTexts.get(vm)
  if (text === undefined) {
    const fields = [vm.name, vm.set, vm.namespace, vm.vmName, vm.vmID, vm.node, vm.pool, vm.ip, vm.image]
    text = [...fields, vm.os, vm.forkedFrom, vm.phase, vm.message].join('\n').toLowerCase()
    vmTexts.set(vm, text)
  }
  return text
}

const setText = (set: VmSet) =>
  [set.name, set.namespace, set.image, set.os, set.message].join('\n').toLowerCase()

function freeTest(term: SearchTerm): TextTest {
  const prefix = term.unknown === '' ? '' : `${term.unknown}:`
  const values = term.values.length === 0 ? [''] : term.values
  return anyOf(
    values.map((value): TextTest => {
      const lower = `${prefix}${value}`.toLowerCase()
      if (!lower.includes('*')) return (text) => text.includes(lower)
      const glob = globTest(lower, false)
      return (text) => text.split('\n').some(glob)
    }),
  )
}

/** The test of a term that names a time; undefined when it says none, and so filters nothing. */
function timeTest(term: SearchTerm, now: number): TextTest | undefined {
  const limits = term.values.map(parseLimit).filter((limit) => limit !== undefined)
  if (limits.length === 0) return undefined
  return (since) => {
    const age = elapsed(since, now)
    return limits.some(({ more, milliseconds }) => (more ? age >= milliseconds : age < milliseconds))
  }
}

const isFlag = (name: string): name is SearchFlag => (SEARCH_FLAGS as readonly string[]).includes(name)
const flagsOf = (term: SearchTerm) => term.values.flatMap((value) => choicesFor('is', value)).filter(isFlag)

function valueTest(term: SearchTerm, now: number): TextTest | undefined {
  if (term.field === null || term.values.length === 0) return undefined
  const { kind } = FIELD_RULES[term.field]
  if (kind === 'time') return timeTest(term, now)
  if (kind === 'choice') {
    const wanted = new Set(term.values.flatMap((value) => choicesFor(term.field ?? 'phase', value)))
    return (text) => wanted.has(text)
  }
  const tests = term.values.map((value) => textTest(value, kind === 'whole' ? 'whole' : 'part'))
  const any = anyOf(tests)
  return (text) => any(text.toLowerCase())
}

/** Null: the term filters nothing. */
function vmTest(term: SearchTerm, now: number): VmTest | null {
  if (term.field === null) {
    const free = freeTest(term)
    return (vm) => free(vmText(vm))
  }
  const rule = FIELD_RULES[term.field]
  if (rule.kind === 'flag') {
    const flags = flagsOf(term)
    if (term.values.length === 0) return null
    return (vm, set) => flags.some((flag) => VM_FLAGS[flag](vm, set, now))
  }
  const test = valueTest(term, now)
  return test === undefined ? null : (vm) => test(rule.ofVm(vm))
}

/** As `vmTest`, of a set by itself; a term that only a VM can answer lets no set pass, negated or not. */
function setTest(term: SearchTerm, now: number): SetTest | null {
  const wanted = !term.negated
  if (term.field === null) {
    const free = freeTest(term)
    return (set) => free(setText(set)) === wanted
  }
  const rule = FIELD_RULES[term.field]
  if (term.values.length === 0) return null
  if (rule.kind === 'flag') {
    const tests = flagsOf(term).map((flag) => SET_FLAGS[flag])
    if (tests.includes(null)) return never
    return (set) => tests.some((test) => test?.(set) ?? false) === wanted
  }
  const test = valueTest(term, now)
  if (test === undefined) return null
  const { ofSet } = rule
  return ofSet === null ? never : (set) => test(ofSet(set)) === wanted
}

/** Prepares a search for many rows. `now` is epoch milliseconds on the server's clock. */
export function vmMatcher(search: Search, now: number): VmTest {
  const tests: VmTest[] = []
  for (const term of search.terms) {
    const test = vmTest(term, now)
    if (test === null) continue
    tests.push(term.negated ? (vm, set) => !test(vm, set) : test)
  }
  const [first, ...rest] = tests
  if (first === undefined) return always
  return rest.length === 0 ? first : (vm, set) => tests.every((test) => test(vm, set))
}

/** Prepares a search for sets that have no VMs: they match by what a set itself can answer. */
export function setMatcher(search: Search, now: number): SetTest {
  const tests = search.terms.map((term) => setTest(term, now)).filter((test) => test !== null)
  return (set) => tests.every((test) => test(set))
}

/** True when one VM satisfies every term; `set` is its set, null when it has none or the set is gone. */
export function matchesVm(search: Search, vm: Vm, set: VmSet | null, now: number): boolean {
  return vmMatcher(search, now)(vm, set)
}
