import type { Answer, AwaitEnd, Call, Caller, Exchange, OpenWatch, ReadFrames } from './exchange.ts'
import type { FrameReader } from './frames.ts'
import { frameReader } from './frames.ts'
import { normalise } from './normalise.ts'
import type { Send } from './send.ts'
import { comparedHeaders, read } from './send.ts'

const PATIENCE_MS = 20_000
const AGAIN_MS = 50

/** What an exchange is played with. */
export interface Stage {
  send: Send
  token: string
  /** `127.0.0.1:6443` */
  host: string
  namespace: string
  /** A name that nobody else uses. */
  id: string
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
      value,
    )
}

const TOKENS: Record<Caller, (token: string) => Record<string, string>> = {
  admin: (token) => ({ authorization: `Bearer ${token}` }),
  nobody: () => ({}),
  stranger: () => ({ authorization: 'Bearer nobody-gave-this-out' }),
}

/**
 * Plays the steps of an exchange and answers what came back, comparable with other runs. Rejects when a step that
 * prepares fails, or when what must come does not come.
 */
export async function play(exchange: Exchange, stage: Stage): Promise<Answer[]> {
  const variables = new Map([
    ['ns', stage.namespace],
    ['id', stage.id],
  ])
  const filled = (text: string) =>
    text.replaceAll(/\$([a-zA-Z]+)/g, (whole, name: string) => variables.get(name) ?? whole)
  const watches = new Map<string, FrameReader>()
  const answers: Answer[] = []

  const headersOf = (step: { headers?: Record<string, string>; as?: Caller }) => ({
    ...TOKENS[step.as ?? 'admin'](stage.token),
    ...Object.fromEntries(Object.entries(step.headers ?? {}).map(([name, value]) => [name, filled(value)])),
  })
  const once = async (step: Call): Promise<Answer> => {
    const sent = step.text
      ? step.text()
      : step.body === undefined
        ? undefined
        : filled(JSON.stringify(step.body))
    const typed: Record<string, string> =
      step.body === undefined ? {} : { 'content-type': 'application/json' }
    const { method } = step
    const body = typeof sent === 'string' ? filled(sent) : sent
    const headers = { ...typed, ...headersOf(step) }
    return read(await stage.send({ method, path: filled(step.path), headers, body }))
  }
  const call = async (step: Call): Promise<void> => {
    const end = performance.now() + PATIENCE_MS
    let answer = await once(step)
    while (step.until && !step.until(answer)) {
      if (performance.now() > end)
        throw new Error(`${step.method} ${step.path} stays ${JSON.stringify(answer)}`)
      await new Promise((resolve) => {
        setTimeout(resolve, AGAIN_MS)
      })
      answer = await once(step)
    }
    for (const [name, path] of Object.entries(step.keep ?? {})) {
      const value = valueAt(answer.body, path)
      if (typeof value !== 'string')
        throw new Error(`${step.path}: no ${path} in ${JSON.stringify(answer.body)}`)
      variables.set(name, value)
    }
    if (step.setup && answer.status >= 300) {
      throw new Error(`${step.method} ${filled(step.path)}: ${JSON.stringify(answer)}`)
    }
    if (!step.setup) answers.push({ ...answer, body: step.only ? step.only(answer.body) : answer.body })
  }
  const open = async (step: OpenWatch): Promise<void> => {
    const message = await stage.send({ method: 'GET', path: filled(step.path), headers: headersOf(step) })
    if (message.statusCode !== 200) {
      answers.push(await read(message))
      return
    }
    watches.set(step.watch, frameReader(message))
    answers.push({ status: 200, headers: comparedHeaders(message), body: '<frames>' })
  }
  const frames = async (step: ReadFrames | AwaitEnd): Promise<void> => {
    const reader = watches.get('from' in step ? step.from : step.ends)
    if (!reader) throw new Error(`${exchange.name}: the watch was refused: ${JSON.stringify(answers.at(-1))}`)
    const found = 'from' in step ? await reader.take(step.frames) : await reader.rest()
    answers.push({ status: 200, headers: {}, body: found })
  }

  try {
    for (const step of exchange.steps) {
      if ('method' in step) await call(step)
      else if ('watch' in step) await open(step)
      else await frames(step)
    }
  } finally {
    for (const reader of watches.values()) reader.close()
    for (const path of exchange.leaves ?? []) {
      await once({ method: 'DELETE', path, body: { gracePeriodSeconds: 0 } })
    }
  }
  return normalise(answers, { variables, managedFields: exchange.managedFields ?? false, host: stage.host })
}
