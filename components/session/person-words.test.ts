import { expect, it } from 'vitest'
import { initialOf, shortName, subjectFlag } from './person-words.ts'

it.each<[name: string, short: string, initial: string, flag: string]>([
  ['vera@cocoon.demo', 'vera', 'V', '--user=vera@cocoon.demo'],
  ['system:serviceaccount:team-a:bot', 'bot', 'B', '--serviceaccount=team-a:bot'],
  ['system:admin', 'system:admin', 'S', '--user=system:admin'],
  ['@odd', '@odd', 'O', '--user=@odd'],
  ['Žofie Nováková', 'Žofie Nováková', 'Ž', `--user='Žofie Nováková'`],
  ["x'; rm -rf ~ #", "x'; rm -rf ~ #", 'X', String.raw`--user='x'\''; rm -rf ~ #'`],
  ['…', '…', '?', `--user='…'`],
])('%s', (name, short, initial, flag) => {
  expect([shortName(name), initialOf(name), subjectFlag(name)]).toEqual([short, initial, flag])
})
