import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Departure } from './differences.ts'
import { DIFFERENCES } from './differences.ts'
import type { Answer } from './exchange.ts'
import { readRecording } from './recordings.ts'
import type { ServerUnderTest } from './server-under-test.ts'
import { serverUnderTest } from './server-under-test.ts'
import type { Theatre } from './stage.ts'
import { theatre } from './stage.ts'
import { THEMES } from './themes.ts'

let server: ServerUnderTest
let house: Theatre
beforeAll(async () => {
  server = await serverUnderTest()
  house = theatre(server)
})
afterAll(async () => {
  await house.close()
  await server.close()
})

const departures = DIFFERENCES.flatMap(({ where }) => where)
const departureOf = (theme: string, exchange: string): Departure | undefined =>
  departures.find((one) => one.theme === theme && one.exchange === exchange)

/** As JSON would carry it: what is undefined is not there. */
const plain = (answers: readonly Answer[]) => JSON.parse(JSON.stringify(answers)) as Answer[]

describe.each(THEMES)('$name', (theme) => {
  const recording = readRecording(theme.name)
  it('has a recording of every exchange, and of no other', () => {
    expect(Object.keys(recording)).toEqual(theme.exchanges.map(({ name }) => name))
  })

  it.concurrent.each(theme.exchanges)('$name', async (exchange) => {
    const recorded = recording[exchange.name] ?? []
    const departure = server.embedded ? departureOf(theme.name, exchange.name) : undefined
    const answers = await house.play(theme, exchange)
    expect(plain(answers)).toEqual(plain(departure ? departure.answers(recorded) : recorded))
  })
})

describe('differences', () => {
  it.each(departures)('$theme: $exchange differs', ({ theme, exchange, answers }) => {
    const recorded = readRecording(theme)[exchange]
    expect(recorded).toBeDefined()
    expect(answers(recorded ?? [])).not.toEqual(recorded)
  })

  it('are those that the README lists', () => {
    const readme = readFileSync(new URL('../../demo/README.md', import.meta.url), 'utf8')
    const [, after = ''] = readme.split('## Differs on purpose')
    const [section = ''] = after.split('\n## ')
    const rows = [...section.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|$/gm)].map(([, name, reason]) => [
      name,
      reason,
    ])
    expect(rows.slice(2)).toEqual(DIFFERENCES.map(({ name, reason }) => [name, reason]))
  })
})
