import { describe, expect, it } from 'vitest'
import { problemsOf } from '../document/check.ts'
import { parseText } from '../document/set-text.ts'
import { diagnosticsOf } from './diagnostics.ts'

const HEAD = 'metadata:\n  name: web\n  namespace: lab\nspec:\n  agent:\n'
const found = (text: string, revealed = true) => {
  const parsed = parseText(text)
  return diagnosticsOf(parsed, problemsOf(parsed.value, null), revealed).map(
    ({ from, to, severity, message }) => `${severity} [${text.slice(from, to)}] ${message}`,
  )
}

describe('what the editor underlines', () => {
  it.each<[string, string, string]>([
    [
      'a value that the schema refuses',
      `${HEAD}    image: x\n    os: beos\n`,
      'error [beos] spec.agent.os must be',
    ],
    [
      'a value of another type',
      `${HEAD}    image: x\n    replicas: two\n`,
      'error [two] spec.agent.replicas must be a whole',
    ],
    [
      'a field that is not known',
      `${HEAD}    image: x\n    replica: 2\n`,
      'error [2] spec.agent.replica is not a field',
    ],
    [
      'a rule of admission',
      `${HEAD}    image: GHCR.io/x\n`,
      'error [GHCR.io/x] spec.agent.image must be a relative',
    ],
    [
      'what is missing, at its parent',
      `${HEAD}    os: linux\n`,
      'error [agent] spec.agent.image is required',
    ],
    [
      'advice',
      `${HEAD}    image: x\n    resources:\n      limits: { cpu: 1 }\n      requests: { cpu: 2 }\n`,
      'warning [2] spec.agent.resources.requests.cpu is more than the limit',
    ],
    ['YAML that is none', `${HEAD}    image: [\n`, 'error'],
  ])('%s', (_, text, wanted) => {
    expect(found(text)).toEqual([expect.stringContaining(wanted)])
  })

  it('says what is missing only when it is asked for', () => {
    expect(found(`${HEAD}    os: linux\n`, false)).toEqual([])
  })
})
