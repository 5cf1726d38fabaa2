import { runTest, unaryTest, isUnaryTest } from '../commands/test.ts'
import { expandPattern, expandText } from './expand.ts'
import { matchesPattern } from './pattern.ts'
import { shellError, type Shell } from './shell.ts'
import type { Word } from './syntax-tree.ts'
import { setVariable } from './variables.ts'

const plain = (word: Word | undefined) => {
  const [part] = word ?? []
  return word?.length === 1 && part?.kind === 'literal' && !part.quoted ? part.text : undefined
}

/** Evaluates what stands between `[[` and `]]`: nothing is split, and the right of `==` is a pattern. */
export async function evaluateTest(shell: Shell, words: Word[]): Promise<boolean> {
  let at = 0
  const text = (word: Word | undefined) => expandText(shell, word ?? [])
  const primary = async (): Promise<boolean> => {
    const word = words[at]
    const operator = plain(word)
    if (word === undefined) throw shellError('syntax error in conditional expression')
    if (operator === '!') {
      at++
      return !(await primary())
    }
    if (operator === '(') {
      at++
      const inner = await either()
      at++
      return inner
    }
    if (
      operator !== undefined &&
      isUnaryTest(operator) &&
      words[at + 1] !== undefined &&
      !['&&', '||'].includes(plain(words[at + 1]) ?? '')
    ) {
      at += 2
      return unaryTest(shell.process, operator, await text(words[at - 1]))
    }
    const between = plain(words[at + 1])
    if (between === undefined || ['&&', '||', ')'].includes(between)) {
      at++
      return (await text(word)) !== ''
    }
    const left = await text(word)
    const right = words[at + 2] ?? []
    at += 3
    if (between === '==' || between === '=') return matchesPattern(await expandPattern(shell, right), left)
    if (between === '!=') return !matchesPattern(await expandPattern(shell, right), left)
    if (between === '=~') return matchRegex(shell, left, await text(right))
    if (between === '<') return left < (await text(right))
    if (between === '>') return left > (await text(right))
    return runTest(shell.process, [left, between, await text(right)]) === true
  }
  const both = async (): Promise<boolean> => {
    let truth = await primary()
    while (plain(words[at]) === '&&') {
      at++
      const next = await primary()
      truth = truth && next
    }
    return truth
  }
  const either = async (): Promise<boolean> => {
    let truth = await both()
    while (plain(words[at]) === '||') {
      at++
      const next = await both()
      truth = truth || next
    }
    return truth
  }
  return either()
}

function matchRegex(shell: Shell, text: string, source: string): boolean {
  const match = new RegExp(source).exec(text)
  if (match) setVariable(shell, 'BASH_REMATCH', match[0])
  return match !== null
}
