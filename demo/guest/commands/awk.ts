import { breathe } from '../system/breathe.ts'
import { complain, print, type Process } from '../system/process.ts'
import { lineBatches, openOperand, readText } from '../system/read-lines.ts'
import { parseAwk } from './awk-parser.ts'
import type { Flow, Rule } from './awk-program.ts'
import { isAwkError } from './awk-tokens.ts'
import { isTrue, setRecord, toNumber, type AwkState } from './awk-values.ts'
import { eachFile } from './each-file.ts'
import { unescapeText } from './escapes.ts'
import { withOptions } from './options.ts'

function newState(process: Process, separator: string, assignments: string[]): AwkState {
  const environ = new Map(Array.from(process.env, ([name, value]) => [name, { input: value }] as const))
  const state: AwkState = {
    variables: new Map<string, string | number | { input: string }>([
      ['FS', separator],
      ['OFS', ' '],
      ['ORS', '\n'],
      ['RS', '\n'],
      ['NR', 0],
      ['FNR', 0],
      ['SUBSEP', '\u001c'],
      ['FILENAME', ''],
    ]),
    arrays: new Map([['ENVIRON', environ]]),
    record: '',
    fields: [],
    output: '',
    random: () => process.machine.random.next(),
  }
  for (const text of assignments) {
    const [name = '', value = ''] = text.split(/=(.*)/s)
    state.variables.set(name, { input: unescapeText(value, 'printf').text })
  }
  return state
}

/** A range begins with its first pattern and goes on through the one that its second matches. */
function applies(rule: Rule, state: AwkState): boolean {
  const { from, to } = rule
  if (!from) return true
  if (!to) return isTrue(from(state))
  if (!rule.inside && !isTrue(from(state))) return false
  rule.inside = !isTrue(to(state))
  return true
}

async function runRules(rules: Rule[], when: Rule['when'], state: AwkState): Promise<Flow> {
  for (const rule of rules) {
    if (rule.when !== when || (when === 'record' && !applies(rule, state))) continue
    const flow = await rule.run(state)
    if (flow) return flow
  }
  return undefined
}

export const awk = (process: Process, args: string[]) => {
  return withOptions(
    process,
    args,
    { letters: 'F:f:v:', stopAtOperand: true, usage: 2 },
    async ({ values, lists, operands }) => {
      const file = values.get('f')
      const program =
        file === undefined ? operands.shift() : await readText(process, openOperand(process, file))
      if (program === undefined)
        return complain(process, 'usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]', 2)
      const given = values.get('F')
      const separator = given === undefined ? ' ' : given === 't' ? '\t' : unescapeText(given, 'printf').text
      const state = newState(process, separator, [
        ...(lists.get('v') ?? []),
        ...operands.filter((word) => /^[A-Za-z_]\w*=/.test(word)),
      ])
      const names = operands.filter((word) => !/^[A-Za-z_]\w*=/.test(word))
      const flush = async () => {
        const { output } = state
        state.output = ''
        await print(process, output)
      }
      try {
        const rules = parseAwk(program, async () => {
          await breathe(process.signal)
          if (state.output.length > 65_536) await flush()
        })
        let flow = await runRules(rules, 'BEGIN', state)
        let status = 0
        if (flow !== 'exit' && rules.some((rule) => rule.when !== 'BEGIN')) status = await readRecords()
        await runRules(rules, 'END', state)
        await flush()
        return toNumber(state.variables.get('exit status')) || status

        async function readRecords(): Promise<number> {
          return eachFile(process, names, async (input, name) => {
            state.variables.set('FILENAME', name === '-' ? '' : name)
            state.variables.set('FNR', 0)
            if (flow === 'exit') return
            for await (const { lines } of lineBatches(process, input)) {
              await breathe(process.signal)
              for (const line of lines) {
                state.variables.set('NR', toNumber(state.variables.get('NR')) + 1)
                state.variables.set('FNR', toNumber(state.variables.get('FNR')) + 1)
                setRecord(state, line)
                flow = await runRules(rules, 'record', state)
                if (flow === 'exit') return
              }
              await flush()
            }
          })
        }
      } catch (error) {
        if (!isAwkError(error) && !(error instanceof SyntaxError)) throw error
        await flush()
        return complain(process, `awk: ${error.message}`, 2)
      }
    },
  )
}
