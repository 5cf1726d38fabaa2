import { describe, expect, it } from 'vitest'
import { EMPTY_SEARCH, parseSearch, printSearch } from './search.ts'

/** A term in one line: `-field=a|b`, free text as `*=`. */
function terms(text: string): string[] {
  return parseSearch(text).terms.map(
    ({ field, values, negated, unknown }) =>
      `${negated ? '-' : ''}${unknown === '' ? (field ?? '*') : `?${unknown}`}=${values.join('|')}`,
  )
}

const problems = (text: string) => parseSearch(text).terms.map(({ problem }) => problem)

const HOSTILE = [
  '__proto__:x constructor:y -toString:z',
  '"""',
  '\\"\\\\',
  '-',
  '--',
  '-:',
  ':',
  ',,,',
  '-,',
  'phase:,',
  'is:"',
  '\u0000\u0001\u007F',
  'مرحبا \u202Eevil\u2066',
  '👩‍👩‍👧‍👦 image:🦆',
  '\uD800 lone',
  `${'a'.repeat(5000)}:b`,
  '('.repeat(3000),
  `name:${'*a'.repeat(900)}`,
  'x:'.repeat(900),
]

describe('parseSearch', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['  \t\n ', []],
    ['crawler', ['*=crawler']],
    ['phase:failed -ns:dev image:ubuntu', ['phase=failed', '-ns=dev', 'image=ubuntu']],
    ['phase:failed,ready', ['phase=failed|ready']],
    ['NAMESPACE:Dev', ['ns=Dev']],
    ['vmname:a forkedFrom:b vmID:c', ['vm=a', 'fork=b', 'id=c']],
    ['image:"my image",other', ['image=my image|other']],
    ['"two words" -"not these"', ['*=two words', '-*=not these']],
    ['"phase:failed"', ['*=phase:failed']],
    [String.raw`"a \"quoted\" \\ word"`, [String.raw`*=a "quoted" \ word`]],
    ['"left open to the end', ['*=left open to the end']],
    ['age:>2d for:<10m', ['age=>2d', 'for=<10m']],
    ['10.8.9.3:5901', ['*=10.8.9.3:5901']],
    ['fd00::1', ['*=fd00::1']],
    ['ubuntu:24.04', ['?ubuntu=24.04']],
    ['phase:', ['phase=']],
    ['phase:a,,b,', ['phase=a|b']],
    ['- a', ['*=-', '*=a']],
    ['__proto__:x', ['*=__proto__:x']],
    ['constructor:x', ['?constructor=x']],
  ])('reads %j', (text, expected) => {
    expect(terms(text)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['phase:failed', ''],
    ['phase:hib*', ''],
    ['phase:fa', ''],
    ['phsae:failed', 'There is no field “phsae”, so this is searched as text. Did you mean “phase:”?'],
    ['namespase:dev', 'There is no field “namespase”, so this is searched as text. Did you mean “ns:”?'],
    ['phase:raedy', '“raedy” is no value of “phase:”. Did you mean “ready”?'],
    ['is:stukc', '“stukc” is no value of “is:”. Did you mean “stuck”?'],
    ['vnc:perhaps', '“perhaps” is no value of “vnc:”. It is one of yes, no.'],
    ['ns:', '“ns:” needs a value, until then it filters nothing.'],
    ['age:old', '“old” is no length of time, so it filters nothing. Write “age:>10m” or “age:<2d”.'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(problems(text)).toEqual([problem])
  })

  it('lists the fields when none is near, and keeps foreign words short', () => {
    expect(problems('ubuntu:24.04')[0]).toContain('Fields are phase, ns, set')
    expect(problems(`${'z'.repeat(900)}:b`)[0]?.length).toBeLessThan(250)
  })

  it('is one object while there is nothing to search', () => {
    expect(parseSearch(' ')).toBe(EMPTY_SEARCH)
  })

  it.each(HOSTILE)('survives %j', (text) => {
    expect(() => parseSearch(text)).not.toThrow()
  })
})

describe('printSearch', () => {
  it.each([
    'crawler',
    'phase:failed -ns:dev image:ubuntu',
    'phase:failed,ready',
    'image:"my image",other',
    '"phase:failed" -"-x"',
    'ubuntu:24.04 -nonsense:"a b"',
    String.raw`"a \"b\" \\c"`,
    'phase: name:web',
    'set:=web name:web-*',
  ])('prints %j as it was typed', (text) => {
    expect(printSearch(parseSearch(text))).toBe(text)
  })

  it.each(HOSTILE)('is read again as the same terms: %j', (text) => {
    const search = parseSearch(text)
    expect(parseSearch(printSearch(search))).toEqual(search)
  })
})
