import { isTrue, type AwkState } from './awk-values.ts'
import type { Expression, Flow, Statement } from './awk-program.ts'

export const nothing: Statement = () => Promise.resolve(undefined)

/** Loops of which none runs for ever unnoticed: `turn` is awaited in every round. */
export function awkLoops(turn: () => Promise<void>) {
  /** Runs a loop's body; answers what the loop does next. */
  const round = async (state: AwkState, run: Statement): Promise<{ stop: boolean; flow: Flow }> => {
    await turn()
    const flow = await run(state)
    if (flow === 'break') return { stop: true, flow: undefined }
    return flow === undefined || flow === 'continue' ? { stop: false, flow: undefined } : { stop: true, flow }
  }
  const loop =
    (
      before: Statement,
      condition: Expression | undefined,
      after: Statement,
      run: Statement,
      first: boolean,
    ): Statement =>
    async (state) => {
      await before(state)
      const goesOn = () => !condition || isTrue(condition(state))
      for (let skip = first; skip || goesOn(); skip = false) {
        const { stop, flow } = await round(state, run)
        if (stop) return flow
        await after(state)
      }
      return undefined
    }
  return { round, loop }
}
