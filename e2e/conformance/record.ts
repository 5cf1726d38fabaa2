import { parseArgs } from 'node:util'
import type { Answer, Exchange, Theme } from './exchange.ts'
import { readRecording, writeRecording } from './recordings.ts'
import { serverOf } from './server-under-test.ts'
import { theatre } from './stage.ts'
import { THEMES } from './themes.ts'

/**
 * Records what an original answers: `node e2e/conformance/record.ts --kubeconfig FILE [--theme NAME] [--only TEXT]`.
 * `--only` records the exchanges again whose name contains the text, and leaves the others as they are.
 */
const { values } = parseArgs({
  options: { kubeconfig: { type: 'string' }, theme: { type: 'string' }, only: { type: 'string' } },
})
if (!values.kubeconfig) throw new Error('say which cluster to record: --kubeconfig FILE')

const house = theatre(serverOf(values.kubeconfig))
const wanted = (exchange: Exchange) => exchange.name.includes(values.only ?? '')

/** Rejects naming every exchange that could not be played; the others are written. */
async function record(theme: Theme): Promise<void> {
  const all = new Map<string, Answer[]>(
    values.only === undefined ? [] : Object.entries(readRecording(theme.name)),
  )
  const failures: Error[] = []
  await Promise.all(
    theme.exchanges.filter(wanted).map(async (exchange) => {
      try {
        all.set(exchange.name, await house.play(theme, exchange))
      } catch (error) {
        failures.push(new Error(`${theme.name}: ${exchange.name}`, { cause: error }))
      }
    }),
  )
  // In the order of the exchanges; what is no longer asked goes.
  const kept = theme.exchanges.flatMap(({ name }) => {
    const answers = all.get(name)
    return answers ? [[name, answers] as const] : []
  })
  writeRecording(theme.name, Object.fromEntries(kept))
  console.log(`${theme.name}: ${kept.length} exchanges`)
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} could not be recorded`)
}

try {
  for (const theme of THEMES) if (!values.theme || values.theme === theme.name) await record(theme)
} finally {
  await house.close()
}
