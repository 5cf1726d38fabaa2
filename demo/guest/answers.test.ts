import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runIn, testGuest } from './testing/test-guest.ts'

/** What the original said to a script whose input was three lines, in an empty directory. */
interface Answer {
  script: string
  stdout: string
  stderr: string
  code: number
}

const INPUT = 'in1\nin2\nin3\n'

/** Recorded from dash 0.5.12, bash 5.2 and GNU's tools (coreutils 9.1, grep 3.8, sed 4.9, findutils 4.9, tar 1.34, mawk 1.3.4). */
const recorded = (name: string): Answer[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'testing', `${name}-answers.json`), 'utf8')) as Answer[]

describe.each([
  ['dash', 'sh'],
  ['bash', 'bash'],
  ['tools', 'sh'],
])('the shell answers as %s does', (name, shell) => {
  it.each(recorded(name))('$script', async ({ script, stdout, stderr, code }) => {
    const argv = [shell, '-c', `cd $(mktemp -d); ${script}`, shell]
    const outcome = await runIn(testGuest(), argv, { stdin: INPUT })
    expect(outcome).toEqual({ stdout, stderr, code })
  })
})
